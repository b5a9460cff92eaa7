/** Reads the ledger: levels, postings, movements, and the head of the chain. */
import type { ListRequest, Page } from '../db/list.ts'
import type { Read } from '../db/session.ts'
import { invalid, notFound } from '../kit/problem.ts'
import { levelKey, type Level, type LevelName, type Posting, type PostingHead } from './schema.ts'
import {
  entriesBefore,
  findHead,
  findLevel,
  findPosting,
  findReversalOf,
  listPostingRows,
  movementsOfPosting,
  sumPromisable,
  findPromised,
  type EntryRow,
  type PostingFilter,
} from './store.ts'

export {
  listLevelRows as levels,
  listMovementRows as movementsOf,
  type EntryRow,
  type LevelFilter,
  type LevelRow,
  type MovementFilter,
  type MovementRow,
  type PostingFilter,
} from './store.ts'

/** A level, all zero when nothing was ever there. */
export function levelOf(read: Read, name: LevelName): Level {
  const key = levelKey(name)
  return findLevel(read, key) ?? { ...key, on_hand: 0, reserved: 0, version: 0 }
}

export interface PostingRecord extends Posting {
  /** The posting that took this one back. */
  reversed_by: string | null
}

/** @throws Problem `not_found` */
export function postingById(read: Read, id: string): PostingRecord {
  const posting = findPosting(read, id)
  if (!posting) throw notFound('posting', id)
  return {
    ...posting,
    hash: hex(posting.hash),
    movements: movementsOfPosting(read, posting.seq),
    reversed_by: findReversalOf(read, id) ?? null,
  }
}

/** Postings without their movements, latest first. */
export function listPostings(
  read: Read,
  filter: PostingFilter,
  request: ListRequest,
): Page<PostingHead & { hash: string }> {
  const page = listPostingRows(read, filter, request)
  const rows = page.rows.map(({ posting_id, hash, ...row }) => {
    return { ...row, id: posting_id, hash: hex(hash) }
  })
  return { ...page, rows }
}

/**
 * What came into and left one account, newest first.
 * @throws Problem `invalid` for a cursor of another list
 */
export function entriesOfAccount(
  read: Read,
  account_id: string,
  item_id: string | undefined,
  request: Pick<ListRequest, 'limit' | 'cursor'>,
): Page<EntryRow> {
  const before = request.cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(request.cursor)
  if (!Number.isSafeInteger(before)) {
    throw invalid('/query/cursor', 'This cursor is not of this list: start again without it.')
  }
  const limit = request.limit ?? 25
  const rows = entriesBefore(read, account_id, item_id, before, limit + 1)
  const has_more = rows.length > limit
  if (has_more) rows.pop()
  return { rows, has_more, next_cursor: has_more ? String(rows.at(-1)!.position) : null }
}

/** The last posting of the tenant: what a signed head says, and the `seq` that answers are as of. */
export function headOf(read: Read): { seq: number; hash: string } {
  const head = findHead(read)
  return head ? { seq: head.seq, hash: hex(head.hash) } : { seq: 0, hash: '0'.repeat(64) }
}

export interface SiteAvailability {
  /** What lies in promisable accounts of the site, without what is reserved hard. */
  unreserved: number
  /** What is promised softly. */
  promised: number
  available: number
}

/** What a site can still promise of an item. */
export function siteAvailability(read: Read, item_id: string, site_id: string): SiteAvailability {
  const unreserved = sumPromisable(read, item_id, site_id)
  const promised = findPromised(read, item_id, site_id)
  return { unreserved, promised, available: unreserved - promised }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
