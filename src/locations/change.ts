/** Changes a location, puts it on hold, or archives it once it is empty. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, notFound, Problem } from '../kit/problem.ts'
import { changeAccount, closeAccount, reopenAccount } from '../ledger/accounts/change.ts'
import { locationUpdated } from './events.ts'
import { getLocation } from './read.ts'
import type { Location, LocationChange } from './schema.ts'
import {
  clearDefaultSite,
  findLocation,
  findOpenChild,
  updateLocation,
  type LocationColumns,
  type LocationRow,
} from './store.ts'

/** Which kind of place fills each role of a site. */
const roles = {
  receiving_id: ['dock', 'bin'],
  packing_id: ['packing'],
  quarantine_id: ['quarantine'],
  returns_id: ['returns', 'quarantine'],
} as const

/**
 * A field that is absent stays as it is.
 * @throws Problem `location_archived`, `invalid`
 */
export function changeLocation(
  tx: Write,
  { id, ...change }: LocationChange & { id: string },
): Location {
  const row = getOpenRow(tx, id)
  const { address, pickable, receivable, on_hold, is_default, ...plain } = change
  for (const role of Object.keys(roles) as (keyof typeof roles)[]) {
    if (plain[role]) checkRole(tx, row, role, plain[role])
  }
  if (address !== undefined && row.type !== 'site') {
    throw invalid('/address', 'Only a site has an address.')
  }
  if (pickable && row.type !== 'bin') {
    throw invalid('/pickable', 'Orders are picked from bins only.')
  }
  if (is_default) {
    if (row.type !== 'site') throw invalid('/is_default', 'Only a site can be the default.')
    clearDefaultSite(tx)
  }
  const next: LocationColumns = {
    ...row,
    ...plain,
    ...(address !== undefined && { address: address === null ? null : JSON.stringify(address) }),
    ...(pickable !== undefined && { pickable: pickable ? 1 : 0 }),
    ...(receivable !== undefined && { receivable: receivable ? 1 : 0 }),
    ...(on_hold !== undefined && { on_hold: on_hold ? 1 : 0 }),
    ...(is_default && { is_default: 1 }),
  }
  if (row.type === 'bin') {
    changeAccount(tx, row.account_id, { promisable: next.pickable === 1 && next.on_hold === 0 })
  }
  return save(tx, id, next)
}

/**
 * Takes a location out of use. What lies there has to be moved first.
 * @throws Problem `location_archived`, `location_in_use`
 */
export function archiveLocation(tx: Write, { id }: { id: string }): Location {
  const row = getOpenRow(tx, id)
  refuseInUse(tx, row)
  if (row.account_id) closeEmptyAccount(tx, row)
  return save(tx, id, { ...row, archived_at: tx.now })
}

/** Brings an archived location back, empty as it went. */
export function restoreLocation(tx: Write, { id }: { id: string }): Location {
  const row = findLocation(tx, id)
  if (!row) throw notFound('location', id)
  if (row.account_id) reopenAccount(tx, row.account_id)
  return save(tx, id, { ...row, archived_at: null })
}

function refuseInUse(tx: Write, row: LocationRow): void {
  const refuse = (detail: string) => new Problem('location_in_use', detail)
  if (row.is_default) throw refuse('This is the default site: choose another one first.')
  const child = findOpenChild(tx, row.id)
  if (child) throw refuse(`${child.code} is still open inside it.`)
  const site = row.type === 'site' ? undefined : findLocation(tx, row.site_id)
  const role = (Object.keys(roles) as (keyof typeof roles)[]).find(
    (name) => site?.[name] === row.id,
  )
  const site_open = site?.archived_at === null
  const kept = role === 'receiving_id' || role === 'packing_id' || role === 'quarantine_id'
  if (role && site_open && kept) {
    throw refuse(`It is the ${role.slice(0, -3)} place of ${site.code}: choose another one first.`)
  }
}

function closeEmptyAccount(tx: Write, row: LocationRow): void {
  try {
    closeAccount(tx, row.account_id)
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'account_in_use') throw error
    const detail = `Goods are still in ${row.code}: move them first.`
    throw new Problem('location_in_use', detail, error.facts)
  }
}

function checkRole(tx: Write, site: LocationRow, role: keyof typeof roles, id: string): void {
  if (site.type !== 'site') throw invalid(`/${role}`, 'Only a site has such places.')
  const place = findLocation(tx, id)
  const kinds: readonly string[] = roles[role]
  if (place && place.site_id === site.id && !place.archived_at && kinds.includes(place.type)) return
  throw invalid(`/${role}`, `Name an open ${kinds.join(' or ')} of this site.`)
}

function getOpenRow(tx: Write, id: string): LocationRow {
  const row = findLocation(tx, id)
  if (!row) throw notFound('location', id)
  if (!row.archived_at) return row
  throw new Problem('location_archived', `${row.code} was archived at ${row.archived_at}.`)
}

function save(tx: Write, id: string, columns: LocationColumns): Location {
  updateLocation(tx, id, columns)
  const location = getLocation(tx, { id })
  emit(tx, locationUpdated, id, location)
  return location
}
