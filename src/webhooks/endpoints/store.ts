/** The rows of webhook endpoints. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { EndpointFilter } from '../schema.ts'

export interface EndpointRow {
  id: string
  organization_id: string
  url: string
  description: string
  types: string
  headers_sealed: Uint8Array
  max_concurrency: number
  secret_sealed: Uint8Array
  previous_secret_sealed: Uint8Array | null
  previous_secret_until: string | null
  after_seq: number
  disabled_at: string | null
  disabled_reason: '' | 'by_request' | 'gone' | 'failing'
  consecutive_failures: number
  failing_since: string | null
  paused_until: string | null
  last_success_at: string | null
  last_failure_at: string | null
  removed_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export const findEndpoint = (read: Read, id: string): EndpointRow | undefined =>
  read.get<EndpointRow>(
    `SELECT * FROM webhook_endpoints
     WHERE id = ? AND organization_id = ? AND removed_at IS NULL`,
    id,
    read.scope.organization_id,
  )

export const listEndpointRows = (read: Read, filter: EndpointFilter): Page<EndpointRow> =>
  listRows<EndpointRow>(read, filter, {
    select: '* FROM webhook_endpoints',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['removed_at IS NULL'],
      [
        '(disabled_at IS NOT NULL) = ?',
        filter.disabled === undefined ? undefined : Number(filter.disabled),
      ],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export type NewEndpointRow = Pick<
  EndpointRow,
  | 'id'
  | 'url'
  | 'description'
  | 'types'
  | 'headers_sealed'
  | 'max_concurrency'
  | 'secret_sealed'
  | 'after_seq'
>

/** Of the whole business. */
export const countEndpoints = (read: Read): number =>
  read.get<{ count: number }>(
    'SELECT count(*) AS count FROM webhook_endpoints WHERE removed_at IS NULL',
  )!.count

export const insertEndpoint = (tx: Write, row: NewEndpointRow): number =>
  tx.run(
    `INSERT INTO webhook_endpoints (id, organization_id, url, description, types, headers_sealed,
       max_concurrency, secret_sealed, after_seq, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.url,
    row.description,
    row.types,
    row.headers_sealed,
    row.max_concurrency,
    row.secret_sealed,
    row.after_seq,
    tx.now,
    tx.now,
  )

/** Columns that a caller's change touches, and so the version. */
export type EndpointColumns = Partial<
  Pick<
    EndpointRow,
    | 'url'
    | 'description'
    | 'types'
    | 'headers_sealed'
    | 'max_concurrency'
    | 'secret_sealed'
    | 'previous_secret_sealed'
    | 'previous_secret_until'
    | 'after_seq'
    | 'disabled_at'
    | 'disabled_reason'
    | 'removed_at'
  >
>

export function updateEndpoint(tx: Write, id: string, columns: EndpointColumns): number {
  const names = Object.keys(columns) as (keyof EndpointColumns)[]
  return tx.run(
    `UPDATE webhook_endpoints SET ${names.map((name) => `${name} = ?, `).join('')}
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...names.map((name) => columns[name] ?? null),
    tx.now,
    id,
    tx.scope.organization_id,
  )
}

export type HealthColumns = Pick<
  EndpointRow,
  'consecutive_failures' | 'failing_since' | 'paused_until' | 'last_success_at' | 'last_failure_at'
>

/** How it fares is no part of the version: nobody edits it. */
export const updateHealth = (tx: Write, id: string, health: HealthColumns): number =>
  tx.run(
    `UPDATE webhook_endpoints SET consecutive_failures = ?, failing_since = ?, paused_until = ?,
       last_success_at = ?, last_failure_at = ? WHERE id = ?`,
    health.consecutive_failures,
    health.failing_since,
    health.paused_until,
    health.last_success_at,
    health.last_failure_at,
    id,
  )

/** Every endpoint of the tenant that wants events now, with what waits for it longest. */
export const listeningEndpoints = (read: Read): (EndpointRow & { next_due_at: string | null })[] =>
  read.all(
    `SELECT e.*, (SELECT min(due_at) FROM webhook_deliveries d
         WHERE d.endpoint_id = e.id AND d.state = 'pending') AS next_due_at
     FROM webhook_endpoints e INDEXED BY webhook_endpoints_listening
     WHERE e.disabled_at IS NULL AND e.removed_at IS NULL LIMIT 10000`,
  )

export const listeningTypes = (
  read: Read,
): Pick<EndpointRow, 'id' | 'organization_id' | 'types' | 'after_seq'>[] =>
  read.all(
    `SELECT id, organization_id, types, after_seq
     FROM webhook_endpoints INDEXED BY webhook_endpoints_listening
     WHERE disabled_at IS NULL AND removed_at IS NULL LIMIT 10000`,
  )

/** Removed endpoints of which nothing is left to look at. */
export const deleteForgottenEndpoints = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM webhook_endpoints WHERE removed_at < ? AND NOT EXISTS
       (SELECT 1 FROM webhook_deliveries d WHERE d.endpoint_id = webhook_endpoints.id)`,
    before,
  )
