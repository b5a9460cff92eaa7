/** SQL of accounts, reasons and the dating policy. */
import { listRows, type ListRequest, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { Account, AccountKind, VirtualKind } from '../schema.ts'

const columns = `id, kind, physical, location_id, site_id, promisable, party_id, name, floor,
  floor_reason, opened_at, closed_at, version`

export const findAccount = (read: Read, id: string): Account | undefined =>
  read.get(
    `SELECT ${columns} FROM stock_accounts WHERE id = ? AND organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const findAccountOf = (
  read: Read,
  kind: AccountKind,
  location_id: string,
  party_id: string,
): Account | undefined =>
  read.get(
    `SELECT ${columns} FROM stock_accounts
      WHERE organization_id = ? AND kind = ? AND location_id = ? AND party_id = ?`,
    read.scope.organization_id,
    kind,
    location_id,
    party_id,
  )

export const insertAccount = (
  tx: Write,
  account: Omit<Account, 'physical' | 'closed_at' | 'version'>,
): number =>
  tx.run(
    `INSERT INTO stock_accounts (id, organization_id, kind, location_id, site_id, promisable,
        party_id, name, floor, floor_reason, opened_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    account.id,
    tx.scope.organization_id,
    account.kind,
    account.location_id,
    account.site_id,
    account.promisable,
    account.party_id,
    account.name,
    account.floor,
    account.floor_reason,
    account.opened_at,
  )

export const updateAccount = (tx: Write, account: Account): number =>
  tx.run(
    `UPDATE stock_accounts SET name = ?, floor = ?, floor_reason = ?, site_id = ?, promisable = ?,
        closed_at = ?, version = version + 1
      WHERE id = ? AND organization_id = ?`,
    account.name,
    account.floor,
    account.floor_reason,
    account.site_id,
    account.promisable,
    account.closed_at,
    account.id,
    tx.scope.organization_id,
  )

/** The lowest available quantity on any level of the account, and whether anything is there. */
export const findAccountUse = (
  read: Read,
  account_id: string,
): { lowest: number; levels_in_use: number } =>
  read.get(
    `SELECT coalesce(min(on_hand - reserved), 0) AS lowest, count(*) AS levels_in_use
      FROM stock_levels WHERE account_id = ? AND (on_hand <> 0 OR reserved <> 0)`,
    account_id,
  )!

export interface AccountFilter {
  kind?: AccountKind | undefined
  location_id?: string | undefined
  site_id?: string | undefined
}

export const listAccountRows = (
  read: Read,
  filter: AccountFilter,
  request: ListRequest,
): Page<Account> =>
  listRows(read, request, {
    select: `${columns} FROM stock_accounts`,
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['kind = ?', filter.kind],
      [`location_id = ? AND location_id <> ''`, filter.location_id],
      [`site_id = ? AND site_id <> ''`, filter.site_id],
    ],
    sortable: { kind: 'kind' },
    default_sort: 'kind',
    id: 'id',
  })

// Reasons

export interface Reason {
  code: string
  name: string
  /** The only kind of counterpart it may touch; null: it moves goods between places of our own. */
  counterpart_kind: VirtualKind | null
  /** 1 when it came with the product. */
  built_in: 0 | 1
  archived_at: string | null
}

export const findReason = (read: Read, code: string): Reason | undefined =>
  read.get(
    `SELECT code, name, counterpart_kind, built_in, archived_at FROM stock_reasons WHERE code = ?`,
    code,
  )

export const insertReason = (
  tx: Write,
  reason: Pick<Reason, 'code' | 'name' | 'counterpart_kind'>,
) =>
  tx.run(
    'INSERT INTO stock_reasons (code, name, counterpart_kind, created_at) VALUES (?, ?, ?, ?)',
    reason.code,
    reason.name,
    reason.counterpart_kind,
    tx.now,
  )

export const updateReason = (tx: Write, code: string, name: string, archived_at: string | null) =>
  tx.run(
    'UPDATE stock_reasons SET name = ?, archived_at = ? WHERE code = ?',
    name,
    archived_at,
    code,
  )

export const listReasonRows = (read: Read, request: ListRequest): Page<Reason & { id: string }> =>
  listRows(read, request, {
    select: `code AS id, code, name, counterpart_kind, built_in, archived_at FROM stock_reasons`,
    where: [],
    sortable: { code: 'code' },
    default_sort: 'code',
    id: 'code',
  })

// Policy

export const findBackdatingDays = (read: Read): number | undefined =>
  read.get<{ backdating_days: number | null }>(
    'SELECT backdating_days FROM stock_books WHERE organization_id = ?',
    read.scope.organization_id,
  )?.backdating_days ?? undefined

export const upsertBackdatingDays = (tx: Write, days: number): number =>
  tx.run(
    `INSERT INTO stock_books (organization_id, backdating_days) VALUES (?, ?)
      ON CONFLICT (organization_id) DO UPDATE SET backdating_days = excluded.backdating_days`,
    tx.scope.organization_id,
    days,
  )
