/** Changes a supplier or customer, archives them, or brings them back. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { notFound } from '../kit/problem.ts'
import { partyUpdated } from './events.ts'
import { getParty } from './read.ts'
import type { Party, PartyChange } from './schema.ts'
import { findPartyRow, updateParty, type PartyColumns, type PartyRow } from './store.ts'

/** A field that is absent stays as it is; `null` empties it. */
export function changeParty(tx: Write, { id, ...change }: PartyChange & { id: string }): Party {
  const { kinds, addresses, contacts, tax_ids, metadata, ...plain } = change
  return save(tx, id, {
    ...getRow(tx, id),
    ...plain,
    ...(kinds && {
      is_supplier: kinds.includes('supplier') ? 1 : 0,
      is_customer: kinds.includes('customer') ? 1 : 0,
    }),
    ...(addresses && { addresses: JSON.stringify(addresses) }),
    ...(contacts && { contacts: JSON.stringify(contacts) }),
    ...(tax_ids && { tax_ids: JSON.stringify(tax_ids) }),
    ...(metadata && { metadata: JSON.stringify(metadata) }),
  })
}

/** Keeps them in every document they are in; new documents no longer offer them. */
export const archiveParty = (tx: Write, { id }: { id: string }): Party =>
  save(tx, id, { ...getRow(tx, id), archived_at: tx.now })

export const restoreParty = (tx: Write, { id }: { id: string }): Party =>
  save(tx, id, { ...getRow(tx, id), archived_at: null })

function getRow(tx: Write, id: string): PartyRow {
  const row = findPartyRow(tx, id)
  if (!row) throw notFound('party', id)
  return row
}

function save(tx: Write, id: string, columns: PartyColumns): Party {
  updateParty(tx, id, columns)
  const party = getParty(tx, { id })
  emit(tx, partyUpdated, id, party)
  return party
}
