/** Adds a site, or a place inside one, and opens its account in the ledger. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { openAccount } from '../ledger/accounts/open.ts'
import type { PhysicalKind } from '../ledger/schema.ts'
import { locationCreated } from './events.ts'
import { getLocation } from './read.ts'
import type { Location, LocationType, NewLocation } from './schema.ts'
import {
  findDefaultSite,
  findLocation,
  findLocationByCode,
  insertLocation,
  updateLocation,
  type LocationColumns,
  type LocationRow,
} from './store.ts'

/** What each kind of place may stand in. */
const parents: Record<LocationType, readonly LocationType[]> = {
  site: [],
  zone: ['site'],
  aisle: ['site', 'zone'],
  bin: ['site', 'zone', 'aisle'],
  dock: ['site', 'zone'],
  packing: ['site', 'zone'],
  quarantine: ['site', 'zone'],
  returns: ['site', 'zone'],
}

/** The ledger's kind of account of each; goods that were returned wait, as in quarantine. */
const account_kinds: Partial<Record<LocationType, PhysicalKind>> = {
  site: 'in_transit',
  bin: 'bin',
  dock: 'receiving',
  packing: 'packed',
  quarantine: 'quarantine',
  returns: 'quarantine',
}

/** The places every site is born with, and the end of their codes. */
const furniture = [
  { type: 'dock', suffix: 'DOCK', name: 'Receiving dock', role: 'receiving_id' },
  { type: 'packing', suffix: 'PACK', name: 'Packing bench', role: 'packing_id' },
  { type: 'quarantine', suffix: 'QUARANTINE', name: 'Quarantine', role: 'quarantine_id' },
  { type: 'returns', suffix: 'RETURNS', name: 'Returns inspection', role: 'returns_id' },
] as const

/**
 * A site is made with its dock, packing bench, quarantine and returns place, so that work can begin.
 * @throws Problem `duplicate_location`, `invalid` (a place that cannot stand there)
 */
export function createLocation(tx: Write, wanted: NewLocation): Location {
  refuseTakenCode(tx, wanted.code)
  const parent = parentOf(tx, wanted)
  if (wanted.address && wanted.type !== 'site') {
    throw invalid('/address', 'Only a site has an address.')
  }
  const id = tx.id('loc')
  const site_id = parent?.site_id ?? id
  const pickable = wanted.pickable ?? wanted.type === 'bin'
  if (pickable && wanted.type !== 'bin') {
    throw invalid('/pickable', 'Orders are picked from bins only.')
  }
  const row: LocationColumns = {
    parent_id: parent?.id ?? null,
    site_id,
    type: wanted.type,
    code: wanted.code,
    name: wanted.name ?? wanted.code,
    address: wanted.address ? JSON.stringify(wanted.address) : null,
    pickable: pickable ? 1 : 0,
    receivable: (wanted.receivable ?? ['dock', 'bin'].includes(wanted.type)) ? 1 : 0,
    on_hold: 0,
    account_id: openAccountOf(tx, id, site_id, wanted, pickable),
    receiving_id: null,
    packing_id: null,
    quarantine_id: null,
    returns_id: null,
    is_default: wanted.type === 'site' && !findDefaultSite(tx) ? 1 : 0,
    archived_at: null,
  }
  insertLocation(tx, id, row)
  if (wanted.type === 'site') furnishSite(tx, id, row)
  const location = getLocation(tx, { id })
  emit(tx, locationCreated, id, location)
  return location
}

function furnishSite(tx: Write, id: string, row: LocationColumns): void {
  const places = furniture.map(({ type, suffix, name, role }) => {
    const code = `${row.code.slice(0, 29)}-${suffix}`
    return [role, createLocation(tx, { type, code, name, parent_id: id }).id] as const
  })
  updateLocation(tx, id, { ...row, ...Object.fromEntries(places) })
}

function openAccountOf(
  tx: Write,
  location_id: string,
  site_id: string,
  { type, code }: NewLocation,
  promisable: boolean,
): string {
  const kind = account_kinds[type]
  if (!kind) return ''
  return openAccount(tx, { kind, location_id, site_id, promisable, name: code }).id
}

function refuseTakenCode(tx: Write, code: string): void {
  const taken = findLocationByCode(tx, code)
  if (!taken) return
  throw new Problem('duplicate_location', `${code} is the code of ${taken.id} already.`, {
    location_id: taken.id,
  })
}

function parentOf(tx: Write, { type, parent_id }: NewLocation): LocationRow | undefined {
  if (type === 'site') {
    if (parent_id) throw invalid('/parent_id', 'A site stands alone.')
    return undefined
  }
  if (!parent_id) throw invalid('/parent_id', `Say where this ${type} is.`)
  const parent = findLocation(tx, parent_id)
  if (!parent) throw invalid('/parent_id', `There is no location ${parent_id}.`)
  if (parent.archived_at) throw invalid('/parent_id', `${parent.code} is archived.`)
  if (parents[type].includes(parent.type)) return parent
  const allowed = parents[type].join(' or ')
  throw invalid('/parent_id', `A ${type} stands in a ${allowed}, not in a ${parent.type}.`)
}
