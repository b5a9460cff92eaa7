/** Adds a supplier or a customer. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { Problem } from '../kit/problem.ts'
import { partyCreated } from './events.ts'
import { getParty } from './read.ts'
import type { NewParty, Party } from './schema.ts'
import { findPartyByCode, insertParty } from './store.ts'

/** @throws Problem `duplicate_party` */
export function createParty(tx: Write, wanted: NewParty): Party {
  const id = tx.id('pty')
  const code = wanted.code ?? id.slice(-10).toUpperCase()
  const taken = findPartyByCode(tx, code)
  if (taken) {
    throw new Problem('duplicate_party', `${code} is the code of ${taken.name} already.`, {
      party_id: taken.id,
    })
  }
  insertParty(tx, id, {
    code,
    name: wanted.name,
    is_supplier: wanted.kinds.includes('supplier') ? 1 : 0,
    is_customer: wanted.kinds.includes('customer') ? 1 : 0,
    email: wanted.email ?? null,
    phone_number: wanted.phone_number ?? null,
    addresses: JSON.stringify(wanted.addresses ?? []),
    contacts: JSON.stringify(wanted.contacts ?? []),
    tax_ids: JSON.stringify(wanted.tax_ids ?? []),
    currency: wanted.currency ?? null,
    metadata: JSON.stringify(wanted.metadata ?? {}),
    archived_at: null,
  })
  const party = getParty(tx, { id })
  emit(tx, partyCreated, id, party)
  return party
}
