/** Looks suppliers and customers up. */
import type { Read } from '../db/session.ts'
import { invalid, notFound } from '../kit/problem.ts'
import type { Party, PartyFilter, PartyKind } from './schema.ts'
import { findPartyRow, listPartyRows, type PartyRow } from './store.ts'

/** @throws Problem `not_found` */
export function getParty(read: Read, { id }: { id: string }): Party {
  const row = findPartyRow(read, id)
  if (!row) throw notFound('party', id)
  return toParty(row)
}

/** The supplier or customer a document names. @throws Problem `invalid` at `pointer` */
export function getPartyOfKind(read: Read, id: string, kind: PartyKind, pointer: string): Party {
  const row = findPartyRow(read, id)
  if (!row) throw invalid(pointer, `There is no ${kind} ${id}.`)
  const party = toParty(row)
  if (!party.kinds.includes(kind)) throw invalid(pointer, `${party.name} is not a ${kind}.`)
  if (party.archived_at) throw invalid(pointer, `${party.name} is archived.`)
  return party
}

export function listParties(read: Read, filter: PartyFilter) {
  const { rows, ...rest } = listPartyRows(read, filter)
  return { data: rows.map(toParty), ...rest }
}

export const toParty = (row: PartyRow): Party => ({
  id: row.id,
  code: row.code,
  name: row.name,
  kinds: [
    ...(row.is_supplier ? (['supplier'] as const) : []),
    ...(row.is_customer ? (['customer'] as const) : []),
  ],
  email: row.email,
  phone_number: row.phone_number,
  addresses: JSON.parse(row.addresses) as Party['addresses'],
  contacts: JSON.parse(row.contacts) as Party['contacts'],
  tax_ids: JSON.parse(row.tax_ids) as Party['tax_ids'],
  currency: row.currency,
  metadata: JSON.parse(row.metadata) as Party['metadata'],
  archived_at: row.archived_at,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
