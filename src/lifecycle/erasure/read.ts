/** Looks up erasures and their certificates. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import type { Erasure, ErasureFilter, Removed } from './schema.ts'
import { findErasure, listErasureRows, type ErasureRow } from './store.ts'

/** @throws Problem `not_found` */
export function getErasure(read: Read, { id }: { id: string }): Erasure {
  const row = findErasure(read, id)
  if (!row) throw notFound('erasure', id)
  return toErasure(row)
}

export function listErasures(read: Read, filter: ErasureFilter) {
  const { rows, ...rest } = listErasureRows(read, filter)
  return { data: rows.map(toErasure), ...rest }
}

export const toErasure = (row: ErasureRow): Erasure => ({
  id: row.id,
  tenant_id: row.tenant_id,
  state: row.state,
  decided_by: { kind: row.decided_by_kind, id: row.decided_by_id },
  reason: row.reason,
  removed: JSON.parse(row.removed) as Removed,
  last_error: row.last_error,
  certificate: row.certificate,
  signature: row.signature && Buffer.from(row.signature).toString('hex'),
  started_at: row.started_at,
  finished_at: row.finished_at,
})
