/** Writes down who changed what, in the same transaction as the change. */
import { sha256 } from '../kit/secrets.ts'
import type { Write } from '../db/session.ts'
import type { AuditNote } from '../operations/door.ts'
import { insertEntry, lastEntry, type AuditRow } from './store.ts'

const secret_names = /secret|password|token|credential|api_key|private_key|authorization/i
const long_text = 2_000

/** The chain begins here. */
export const genesis = new Uint8Array(32)

export function recordAudit(tx: Write, note: AuditNote): void {
  const last = lastEntry(tx)
  const { actor, organization_id, ip, user_agent, request_id } = tx.scope
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    organization_id,
    occurred_at: tx.now,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    action: note.action,
    subject_id: note.subject_id,
    changes: JSON.stringify(changesOf(note)),
    ip,
    user_agent,
    request_id,
  }
  const previous_hash = last?.hash ?? genesis
  insertEntry(tx, { ...entry, previous_hash, hash: hashEntry(previous_hash, entry) })
}

/**
 * SHA-256 over the previous hash and the fields in the order of the table, each as its length in
 * bytes, a colon, and its text. The actor's name stands outside, so that it can be pseudonymised.
 */
export function hashEntry(
  previous_hash: Uint8Array,
  entry: Omit<AuditRow, 'previous_hash' | 'hash' | 'actor_name'>,
): Buffer {
  const fields = [
    Buffer.from(previous_hash).toString('hex'),
    String(entry.seq),
    entry.organization_id,
    entry.occurred_at,
    entry.actor_kind,
    entry.actor_id,
    entry.action,
    entry.subject_id,
    entry.changes,
    entry.ip,
    entry.user_agent,
    entry.request_id,
  ]
  return sha256(fields.map((field) => `${Buffer.byteLength(field)}:${field}`).join(''))
}

/** A creation keeps what was sent; a change keeps the fields that differ, before and after. */
function changesOf({ before, after, input }: AuditNote): unknown {
  if (!before || !after) return { input: redact(input) }
  const from: Record<string, unknown> = {}
  const to: Record<string, unknown> = {}
  const later = after as Record<string, unknown>
  for (const [name, value] of Object.entries(before)) {
    if (name in later && JSON.stringify(value) !== JSON.stringify(later[name])) {
      from[name] = value
      to[name] = later[name]
    }
  }
  return { before: redact(from), after: redact(to), input: redact(input) }
}

function redact(value: unknown): unknown {
  if (typeof value === 'string' && value.length > long_text) return `${value.length} characters`
  if (Array.isArray(value)) return value.map(redact)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      secret_names.test(name) && inner !== null ? '[redacted]' : redact(inner),
    ]),
  )
}
