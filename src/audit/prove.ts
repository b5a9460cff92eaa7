/** Proves that no entry of an audit trail was changed, removed or put in between. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { genesis, hashEntry } from './record.ts'
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
  const rows = entriesAfter(read, after, at_once)
  for (const row of rows) {
    const reason = disagreement(last, row)
    if (reason) return report(after, last, true, { seq: row.seq, reason })
    last = row
  }
  return report(after, last, rows.length < at_once, null)
}

type Link = Pick<AuditRow, 'seq' | 'hash'>

function startBehind(read: Read, after: number): Link {
  if (after === 0) return { seq: 0, hash: genesis }
  const entry = findEntry(read, after)
  if (!entry) throw notFound('audit entry', String(after))
  return entry
}

function disagreement(
  before: Link,
  { previous_hash, hash, actor_name: _, ...entry }: AuditRow,
): string | undefined {
  if (entry.seq !== before.seq + 1) return `Entry ${before.seq + 1} is missing.`
  if (Buffer.compare(previous_hash, before.hash) !== 0) return 'It does not follow the one before.'
  if (Buffer.compare(hashEntry(previous_hash, entry), hash) !== 0) return 'It was changed.'
  return undefined
}

const report = (
  after: number,
  last: Link,
  complete: boolean,
  broken: AuditProof['broken'],
): AuditProof => ({
  holds: broken === null,
  complete,
  checked: last.seq - after,
  checked_to: last.seq,
  head_hash: Buffer.from(last.hash).toString('hex'),
  broken,
})
