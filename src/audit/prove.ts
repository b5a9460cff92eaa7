/** Proves that no entry of an audit trail was changed, removed or put in between. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { genesis, hex, isForgotten, whyBroken } from './hash.ts'
import type { AuditProof } from './schema.ts'
import { entriesAfter, findEntry, type AuditRow } from './store.ts'

/** Entries looked at in one call: some milliseconds of work. */
const at_once = 1_000

/**
 * One stretch of the trail; whoever proves all of it asks again behind `checked_to`.
 * @throws Problem `not_found` when there is no entry to go on behind
 */
export function proveAudit(read: Read, { after = 0 }: { after?: number | undefined }): AuditProof {
  let last = startBehind(read, after)
  let forgotten = 0
  const rows = entriesAfter(read, after, at_once)
  const report = (complete: boolean, broken: AuditProof['broken']): AuditProof => ({
    holds: broken === null,
    complete,
    checked: last.seq - after,
    checked_to: last.seq,
    forgotten,
    head_hash: hex(last.hash),
    broken,
  })
  for (const row of rows) {
    const reason = disagreement(last, row)
    if (reason) return report(true, { seq: row.seq, reason })
    if (isForgotten(row)) forgotten += 1
    last = row
  }
  return report(rows.length < at_once, null)
}

type Link = Pick<AuditRow, 'seq' | 'hash'>

function startBehind(read: Read, after: number): Link {
  if (after === 0) return { seq: 0, hash: genesis }
  const entry = findEntry(read, after)
  if (!entry) throw notFound('audit entry', String(after))
  return entry
}

function disagreement(before: Link, entry: AuditRow): string | undefined {
  if (entry.seq !== before.seq + 1) return `Entry ${before.seq + 1} is missing.`
  if (Buffer.compare(entry.previous_hash, before.hash) !== 0) {
    return 'It does not follow the one before.'
  }
  return whyBroken(entry)
}
