/** Looks through the audit trail: who changed what, when, and from where. */
import { timestamp } from '../kit/clock.ts'
import { invalid } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import type { AuditEntry, AuditFilter } from './schema.ts'
import { lastEntry, searchEntries, seqAt, type AuditRow } from './store.ts'

/**
 * Entries looked at for one page when they are searched by actor or action. Indexes for these would
 * cost every command of the house more than a look through the trail costs now and then.
 */
const most_looked_at = 20_000

/**
 * Those who lead the business see all of it, others what happened in their organization.
 * A page of a search may hold fewer entries than asked for and still have more behind it.
 */
export function listAudit(read: Read, filter: AuditFilter) {
  const descending = filter.sort !== 'seq'
  const limit = filter.limit ?? 25
  const [low, high] = boundsOf(read, filter, descending)
  const looks_through =
    (filter.actor_id || filter.actor_kind || filter.action) && !filter.subject_id
  const span = looks_through ? most_looked_at : Infinity
  const seq: [number, number] = descending
    ? [Math.max(low, high - span), high]
    : [low, Math.min(high, low + span)]
  const { actor_id, actor_kind, action, subject_id } = filter
  const rows = searchEntries(read, {
    seq,
    descending,
    limit: limit + 1,
    organization_id: reachOf(read).wide ? undefined : read.scope.organization_id,
    actor_id,
    actor_kind,
    action,
    subject_id,
  })
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? page.at(-1)!.seq : unseen(seq, [low, high], descending)
  return {
    data: page.map(toEntry),
    has_more: next !== undefined,
    next_cursor: next === undefined ? null : writeCursor(next),
  }
}

/** The entries in question, from the first to one behind the last. */
function boundsOf(read: Read, filter: AuditFilter, descending: boolean): [number, number] {
  const seqOf = (time: string) => seqAt(read, timestamp(Date.parse(time)))
  const low = filter.from ? seqOf(filter.from) : 1
  const high = filter.to ? seqOf(filter.to) : (lastEntry(read)?.seq ?? 0) + 1
  if (!filter.cursor) return [low, high]
  const at = readCursor(filter.cursor)
  return descending ? [low, Math.min(high, at)] : [Math.max(low, at + 1), high]
}

/** Where the next page goes on when this one did not look at everything. */
function unseen(
  [from, to]: [number, number],
  [low, high]: [number, number],
  descending: boolean,
): number | undefined {
  if (descending) return from > low ? from : undefined
  return to < high ? to - 1 : undefined
}

const writeCursor = (seq: number): string => Buffer.from(`seq ${seq}`).toString('base64url')

function readCursor(cursor: string): number {
  const found = /^seq (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (found) return Number(found[1])
  throw invalid('/query/cursor', 'This cursor is not of this list: start again without it.')
}

const toEntry = (row: AuditRow): AuditEntry => ({
  seq: row.seq,
  organization_id: row.organization_id,
  occurred_at: row.occurred_at,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject_id: row.subject_id,
  changes: JSON.parse(row.changes) as AuditEntry['changes'],
  ip: row.ip,
  user_agent: row.user_agent,
  request_id: row.request_id,
  previous_hash: Buffer.from(row.previous_hash).toString('hex'),
  hash: Buffer.from(row.hash).toString('hex'),
})
