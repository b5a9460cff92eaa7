/** Writes down who changed what, in the same transaction as the change. */
import type { Write } from '../db/session.ts'
import type { AuditNote } from '../operations/door.ts'
import { bodyOf, digestOf, genesis, linkOf } from './hash.ts'
import { insertEntry, lastEntry } from './store.ts'

const secret_names = /secret|password|token|credential|api_key|private_key|authorization|^confirm_/i
const long_text = 2_000

const salt_bytes = 16

/** @returns where the entry stands in the chain; its hash in hex */
export function recordAudit(tx: Write, note: AuditNote): { seq: number; hash: string } {
  const last = lastEntry(tx)
  const { actor, organization_id, ip, user_agent, request_id } = tx.scope
  const entry = {
    seq: (last?.seq ?? 0) + 1,
    organization_id,
    occurred_at: tx.now,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
    impersonator_id: actor.impersonator?.id ?? '',
    impersonator_name: actor.impersonator?.name ?? '',
    action: note.action,
    subject_id: note.subject_id,
    changes: JSON.stringify(changesOf(note)),
    ip,
    user_agent,
    request_id,
  }
  const previous_hash = last?.hash ?? genesis
  const salt = crypto.getRandomValues(new Uint8Array(salt_bytes))
  const digest = digestOf(salt, entry)
  const hash = linkOf(previous_hash, bodyOf(entry, digest))
  insertEntry(tx, { ...entry, previous_hash, hash, salt, digest })
  return { seq: entry.seq, hash: Buffer.from(hash).toString('hex') }
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
