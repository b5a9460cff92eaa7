/** Looks through the audit trail: who changed what, when, and from where. */
import { timestamp } from '../kit/clock.ts'
import { invalid } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import { hex, isForgotten } from './hash.ts'
import type { AuditEntry, AuditFilter } from './schema.ts'
import { lastEntry, searchEntries, seqAt, type AuditRow } from './store.ts'

/**
 * Those who lead the business see all of it, others what happened in their organization.
 * A page of a search may hold fewer entries than asked for and still have more behind it.
 */
export function listAudit(read: Read, filter: AuditFilter) {
  const descending = filter.sort !== 'seq'
  const limit = filter.limit ?? 25
  const own = reachOf(read).wide ? undefined : read.scope.organization_id
  const { organization_id = own, actor_id, actor_kind, action, subject_id, ip, request_id } = filter
  if (own !== undefined && organization_id !== own) return nothing
  const { rows, unseen_from } = searchEntries(read, {
    ...{ seq: boundsOf(read, filter, descending), descending, limit: limit + 1, organization_id },
    ...{ actor_id, actor_kind, action, subject_id, ip, request_id },
  })
  const page = rows.slice(0, limit)
  const next = rows.length > limit ? page.at(-1)!.seq : unseen_from
  return {
    data: page.map(toEntry),
    has_more: next !== undefined,
    next_cursor: next === undefined ? null : writeCursor(next),
  }
}

const nothing = { data: [], has_more: false, next_cursor: null }

/** The entries in question, from the first to one behind the last. */
function boundsOf(read: Read, filter: AuditFilter, descending: boolean): [number, number] {
  const seqOf = (time: string) => seqAt(read, timestamp(Date.parse(time)))
  if (filter.seq) return [filter.seq, filter.seq + 1]
  const low = filter.from ? seqOf(filter.from) : 1
  const high = filter.to ? seqOf(filter.to) : (lastEntry(read)?.seq ?? 0) + 1
  if (!filter.cursor) return [low, high]
  const at = readCursor(filter.cursor)
  return descending ? [low, Math.min(high, at)] : [Math.max(low, at + 1), high]
}

const writeCursor = (seq: number): string => Buffer.from(`seq ${seq}`).toString('base64url')

function readCursor(cursor: string): number {
  const found = /^seq (\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString())
  if (found) return Number(found[1])
  throw invalid('/query/cursor', 'This cursor is not of this list: start again without it.')
}

export const toEntry = (row: AuditRow): AuditEntry => ({
  seq: row.seq,
  organization_id: row.organization_id,
  occurred_at: row.occurred_at,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  action: row.action,
  subject_id: row.subject_id,
  impersonator: row.impersonator_id
    ? { id: row.impersonator_id, name: row.impersonator_name }
    : null,
  changes: JSON.parse(row.changes) as AuditEntry['changes'],
  ip: row.ip,
  user_agent: row.user_agent,
  request_id: row.request_id,
  is_forgotten: isForgotten(row),
  digest: row.digest && hex(row.digest),
  salt: row.salt && hex(row.salt),
  previous_hash: hex(row.previous_hash),
  hash: hex(row.hash),
})
