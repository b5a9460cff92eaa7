/** The rows of erasures, and the stone that stays of a business. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { ErasureFilter } from './schema.ts'

export interface ErasureRow {
  id: string
  tenant_id: string
  state: 'running' | 'done'
  decided_by_kind: string
  decided_by_id: string
  reason: string
  removed: string
  last_error: string
  sought: Uint8Array | null
  certificate: string | null
  signature: Uint8Array | null
  started_at: string
  finished_at: string | null
  swept_at: string | null
}

export const findErasure = (read: Read, id: string): ErasureRow | undefined =>
  read.get<ErasureRow>('SELECT * FROM erasures WHERE id = ?', id)

export const findErasureOf = (read: Read, tenant_id: string): ErasureRow | undefined =>
  read.get<ErasureRow>('SELECT * FROM erasures WHERE tenant_id = ?', tenant_id)

export const listErasureRows = (read: Read, filter: ErasureFilter): Page<ErasureRow> =>
  listRows<ErasureRow>(read, filter, {
    select: '* FROM erasures',
    where: [
      ['tenant_id = ?', filter.tenant_id],
      ['state = ?', filter.state],
    ],
    sortable: { started_at: 'started_at' },
    default_sort: '-started_at',
    id: 'id',
  })

/** Begun and not finished, the oldest first. */
export const listUnfinished = (read: Read, limit: number): ErasureRow[] =>
  read.all<ErasureRow>(
    "SELECT * FROM erasures WHERE state = 'running' ORDER BY started_at LIMIT ?",
    limit,
  )

/** Finished before a time, and not looked at once more since. */
export const listUnswept = (read: Read, before: string, limit: number): ErasureRow[] =>
  read.all<ErasureRow>(
    `SELECT * FROM erasures WHERE finished_at < ? AND swept_at IS NULL
     ORDER BY started_at LIMIT ?`,
    before,
    limit,
  )

export const insertErasure = (
  tx: Write,
  row: Pick<
    ErasureRow,
    'id' | 'tenant_id' | 'decided_by_kind' | 'decided_by_id' | 'reason' | 'removed' | 'sought'
  >,
): number =>
  tx.run(
    `INSERT INTO erasures (id, tenant_id, state, decided_by_kind, decided_by_id, reason, removed,
       sought, started_at) VALUES (?, ?, 'running', ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.tenant_id,
    row.decided_by_kind,
    row.decided_by_id,
    row.reason,
    row.removed,
    row.sought,
    tx.now,
  )

export const setRemoved = (tx: Write, id: string, removed: string): number =>
  tx.run("UPDATE erasures SET removed = ? WHERE id = ? AND state = 'running'", removed, id)

/** Everything was looked through: what was sought is not known any more. */
export const forgetSought = (tx: Write, id: string): number =>
  tx.run('UPDATE erasures SET sought = NULL WHERE id = ?', id)

export const setLastError = (tx: Write, id: string, last_error: string): number =>
  tx.run('UPDATE erasures SET last_error = ? WHERE id = ?', last_error, id)

export const setSwept = (tx: Write, id: string): number =>
  tx.run('UPDATE erasures SET swept_at = ? WHERE id = ?', tx.now, id)

export const setDone = (
  tx: Write,
  id: string,
  certificate: string,
  signature: Uint8Array,
  finished_at: string,
): number =>
  tx.run(
    `UPDATE erasures SET state = 'done', certificate = ?, signature = ?, finished_at = ?,
       last_error = '' WHERE id = ? AND state = 'running'`,
    certificate,
    signature,
    finished_at,
    id,
  )

/** Of the tenant stays that there was one, when, and nothing that says who. */
export const makeStone = (tx: Write, tenant_id: string): number =>
  tx.run(
    `UPDATE tenants SET name = 'Erased business', slug = 'erased-' || substr(id, -12),
       admin_email = '', status = 'deleted', status_reason = '', time_zone = 'UTC',
       closes_at = NULL, deleted_at = ?, metadata = '{}', version = version + 1, updated_at = ?
     WHERE id = ?`,
    tx.now,
    tx.now,
    tenant_id,
  )

/** Sandboxes and branches that are still there. */
export const livingSiblings = (read: Read, tenant_id: string): string[] =>
  read
    .all<{ id: string }>(
      `SELECT id FROM tenants WHERE parent_id = ? AND status <> 'deleted'
       ORDER BY created_at, id LIMIT 1000`,
      tenant_id,
    )
    .map(({ id }) => id)

/** Sandboxes and branches that went with it, or before it. */
export const erasedSiblings = (read: Read, tenant_id: string): string[] =>
  read
    .all<{ id: string }>(
      `SELECT id FROM tenants WHERE parent_id = ? AND status = 'deleted'
       ORDER BY created_at, id LIMIT 1000`,
      tenant_id,
    )
    .map(({ id }) => id)
