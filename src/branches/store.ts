/** The rows of sandboxes, branches and the ways between them, in `platform.db`. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Sibling, SiblingFilter } from './schema.ts'

export interface SiblingRow {
  id: string
  name: string
  slug: string
  kind: Sibling['kind']
  environment: Sibling['environment']
  status: Sibling['status']
  parent_id: string | null
  anonymised: 0 | 1 | null
  copied_at: string | null
  ledger_postings: number | null
  ledger_head: string | null
  expires_at: string | null
  asked_by: string | null
  created_at: string
}

const columns = `t.id, t.name, t.slug, t.kind, t.environment, t.status, t.parent_id, t.created_at,
    s.anonymised, s.copied_at, s.ledger_postings, s.ledger_head, s.expires_at, s.asked_by
  FROM tenants t LEFT JOIN siblings s ON s.tenant_id = t.id`

const there = "t.status NOT IN ('pending', 'deleted')"

export const findSibling = (read: Read, id: string): SiblingRow | undefined =>
  read.get<SiblingRow>(`SELECT ${columns} WHERE t.id = ? AND ${there}`, id)

/** @param family the id of the live business */
export const listFamily = (read: Read, family: string, filter: SiblingFilter): Page<SiblingRow> =>
  listRows<SiblingRow>(read, filter, {
    select: columns,
    where: [
      ['coalesce(t.parent_id, t.id) = ?', family],
      [`${there} AND ?`, 1],
      ['t.kind = ?', filter.kind],
    ],
    sortable: { created_at: 't.created_at' },
    default_sort: 'created_at',
    id: 't.id',
  })

/** The live business, and all beside it that is there or about to be. */
export const countFamily = (read: Read, family: string): number =>
  read.get<{ count: number }>(
    `SELECT count(*) AS count FROM tenants
     WHERE coalesce(parent_id, id) = ? AND status <> 'deleted'`,
    family,
  )!.count

export const insertSibling = (
  tx: Write,
  row: { tenant_id: string; anonymised: 0 | 1 | null; expires_at: string | null },
): number =>
  tx.run(
    `INSERT INTO siblings (tenant_id, asked_by, anonymised, expires_at, created_at)
     VALUES (?, ?, ?, ?, ?)`,
    row.tenant_id,
    tx.scope.actor.name,
    row.anonymised,
    row.expires_at,
    tx.now,
  )

export const setCopied = (
  tx: Write,
  tenant_id: string,
  copied: { copied_at: string; postings: number; head_hash: string },
): number =>
  tx.run(
    'UPDATE siblings SET copied_at = ?, ledger_postings = ?, ledger_head = ? WHERE tenant_id = ?',
    copied.copied_at,
    copied.postings,
    copied.head_hash,
    tenant_id,
  )

/** It can be read from now on, and whatever happens to us, the eraser of closed businesses takes it. */
export const setClosing = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE tenants SET status = 'closing', status_reason = 'It is being removed.', closes_at = ?,
       version = version + 1, updated_at = ? WHERE id = ? AND kind <> 'primary'`,
    tx.now,
    tx.now,
    id,
  )

/** What stays: that it was there, under which id, beside which business. */
export const setGone = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE tenants SET status = 'deleted', status_reason = '', closes_at = NULL, deleted_at = ?,
       name = 'Removed ' || kind, slug = 'removed-' || substr(id, -16), admin_email = '',
       metadata = '{}', version = version + 1, updated_at = ? WHERE id = ? AND kind <> 'primary'`,
    tx.now,
    tx.now,
    id,
  )

/**
 * What the platform noted about it, for those who look after businesses by the clock. Its name below
 * our own is nobody's again: nothing was ever proven for it.
 */
const noted = [
  'domains',
  'requirements',
  'tenant_pauses',
  'told_states',
  'plan_overrides',
  'flag_tenants',
  'siblings',
] as const

export function deleteNotes(tx: Write, tenant_id: string): void {
  for (const table of noted) tx.run(`DELETE FROM ${table} WHERE tenant_id = ?`, tenant_id)
}

/** Whose time is over; those whose removal was cut off are among them. */
export const listExpired = (read: Read, limit: number): string[] =>
  read
    .all<{ id: string }>(
      `SELECT t.id FROM siblings s JOIN tenants t ON t.id = s.tenant_id
       WHERE s.expires_at <= ? AND t.status NOT IN ('pending', 'deleted')
       ORDER BY s.expires_at LIMIT ?`,
      read.now,
      limit,
    )
    .map(({ id }) => id)

export interface HandOverRow {
  session_id: string
  tenant_id: string
  root_tenant_id: string
  root_session_id: string
  root_user_id: string
  expires_at: string
  used_at: string | null
}

export const insertHandOver = (
  tx: Write,
  secret_hash: Uint8Array,
  row: Omit<HandOverRow, 'used_at'>,
): number =>
  tx.run(
    `INSERT INTO hand_overs (secret_hash, session_id, tenant_id, root_tenant_id, root_session_id,
       root_user_id, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    secret_hash,
    row.session_id,
    row.tenant_id,
    row.root_tenant_id,
    row.root_session_id,
    row.root_user_id,
    tx.now,
    row.expires_at,
  )

export const findHandOver = (read: Read, secret_hash: Uint8Array): HandOverRow | undefined =>
  read.get<HandOverRow>('SELECT * FROM hand_overs WHERE secret_hash = ?', secret_hash)

/** 0 when somebody was faster. */
export const spendHandOver = (tx: Write, secret_hash: Uint8Array): number =>
  tx.run(
    'UPDATE hand_overs SET used_at = ? WHERE secret_hash = ? AND used_at IS NULL',
    tx.now,
    secret_hash,
  )

export const setHandedTo = (tx: Write, secret_hash: Uint8Array, user_id: string): number =>
  tx.run('UPDATE hand_overs SET user_id = ? WHERE secret_hash = ?', user_id, secret_hash)

/** The ways by which this person came here, the latest first. */
export const waysHere = (read: Read, tenant_id: string, user_id: string): HandOverRow[] =>
  read.all<HandOverRow>(
    `SELECT * FROM hand_overs WHERE tenant_id = ? AND user_id = ? AND used_at IS NOT NULL
     ORDER BY used_at DESC LIMIT 20`,
    tenant_id,
    user_id,
  )

export const deleteHandOversBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM hand_overs WHERE secret_hash IN
       (SELECT secret_hash FROM hand_overs WHERE created_at < ? LIMIT 500)`,
    before,
  )

/** The organization that is the business itself, in a tenant's file. */
export const homeOf = (read: Read): string =>
  read.get<{ id: string }>('SELECT id FROM organizations WHERE is_default = 1')!.id
