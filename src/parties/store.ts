/** The rows of suppliers and customers. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { PartyFilter } from './schema.ts'

export interface PartyRow {
  id: string
  organization_id: string
  code: string
  name: string
  is_supplier: 0 | 1
  is_customer: 0 | 1
  email: string | null
  phone_number: string | null
  addresses: string
  contacts: string
  tax_ids: string
  currency: string | null
  metadata: string
  archived_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export const findPartyRow = (read: Read, id: string): PartyRow | undefined =>
  read.get(
    'SELECT * FROM parties WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const findPartyByCode = (read: Read, code: string): PartyRow | undefined =>
  read.get(
    'SELECT * FROM parties WHERE organization_id = ? AND code = ?',
    read.scope.organization_id,
    code,
  )

export const listPartyRows = (read: Read, filter: PartyFilter): Page<PartyRow> => {
  const { search, kind } = filter
  return listRows<PartyRow>(read, filter, {
    select: '* FROM parties',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['is_supplier = ?', kind === 'supplier' ? 1 : undefined],
      ['is_customer = ?', kind === 'customer' ? 1 : undefined],
      ...(filter.archived === false ? [['archived_at IS NULL'] as [string]] : []),
      searched(read, 'parties', search, { begins: ['code', 'name'], is: ['email'] }),
    ],
    sortable: { created_at: 'created_at', name: 'name', code: 'code' },
    default_sort: 'name',
    id: 'id',
  })
}

const columns = [
  'code',
  'name',
  'is_supplier',
  'is_customer',
  'email',
  'phone_number',
  'addresses',
  'contacts',
  'tax_ids',
  'currency',
  'metadata',
  'archived_at',
] as const

export type PartyColumns = Pick<PartyRow, (typeof columns)[number]>

export const insertParty = (tx: Write, id: string, row: PartyColumns): number =>
  tx.run(
    `INSERT INTO parties (id, organization_id, created_at, updated_at, ${columns.join(', ')})
     VALUES (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})`,
    id,
    tx.scope.organization_id,
    tx.now,
    tx.now,
    ...columns.map((name) => row[name]),
  )

export const updateParty = (tx: Write, id: string, row: PartyColumns): number =>
  tx.run(
    `UPDATE parties SET ${columns.map((name) => `${name} = ?`).join(', ')},
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...columns.map((name) => row[name]),
    tx.now,
    id,
    tx.scope.organization_id,
  )
