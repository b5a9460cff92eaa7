/** Looks locations up: by id or code, as a list, as a tree, and as places where goods can lie. */
import type { Address } from '../carriers/address.ts'
import type { Read } from '../db/session.ts'
import { invalid, notFound } from '../kit/problem.ts'
import type { Location, LocationFilter, LocationTree } from './schema.ts'
import {
  findDefaultSite,
  findLocation,
  findLocationByCode,
  findLocationOfAccount,
  listLocationRows,
  treeRows,
  type LocationRow,
} from './store.ts'

/** @throws Problem `not_found` */
export function getLocation(read: Read, { id }: { id: string }): Location {
  const row = findLocation(read, id)
  if (!row) throw notFound('location', id)
  return toLocation(row)
}

/** The location a scanner or a person means: by id, else by code. */
export function findLocationByScan(read: Read, code: string): Location | undefined {
  const row = findLocation(read, code) ?? findLocationByCode(read, code)
  return row && toLocation(row)
}

export function listLocations(read: Read, filter: LocationFilter) {
  const { rows, ...rest } = listLocationRows(read, filter)
  return { data: rows.map(toLocation), ...rest }
}

const most_in_tree = 2_000

/** A location and everything under it, in walking order. @throws Problem `not_found` */
export function locationTree(read: Read, { id }: { id: string }): LocationTree {
  const rows = treeRows(read, id, most_in_tree + 1)
  if (rows.length === 0) throw notFound('location', id)
  const data = rows.slice(0, most_in_tree).map((row) => ({
    id: row.id,
    type: row.type,
    code: row.code,
    name: row.name,
    parent_id: row.parent_id,
    depth: row.depth,
    pickable: row.pickable === 1,
    on_hold: row.on_hold === 1,
  }))
  return { data, truncated: rows.length > most_in_tree }
}

/** A location that has an account: goods can lie there. */
export interface Place extends Location {
  account_id: string
}

/**
 * A place goods can be put into or taken from.
 * @throws Problem `invalid` at `pointer` when there is none with this id, or goods cannot lie there
 */
export function getPlace(read: Read, id: string, pointer = '/location_id'): Place {
  const row = findLocation(read, id)
  if (!row) throw invalid(pointer, `There is no location ${id}.`)
  if (row.archived_at) throw invalid(pointer, `${row.code} is archived.`)
  const location = toLocation(row)
  if (location.type === 'site' || !location.account_id) {
    throw invalid(pointer, `Goods cannot lie in a ${row.type}: name a bin, dock or bench.`)
  }
  return { ...location, account_id: location.account_id }
}

/** Where an account's goods are; undefined for a counterpart. */
export function findPlaceOfAccount(read: Read, account_id: string): Location | undefined {
  const row = findLocationOfAccount(read, account_id)
  return row && toLocation(row)
}

/** A site with the places that work begins and ends in. */
export interface Site extends Place {
  receiving_id: string
  packing_id: string
  quarantine_id: string
  returns_id: string
}

/** @throws Problem `invalid` at `pointer` when there is no open site with this id */
export function getSite(read: Read, id: string, pointer = '/site_id'): Site {
  const row = findLocation(read, id)
  if (!row || row.type !== 'site') throw invalid(pointer, `There is no site ${id}.`)
  if (row.archived_at) throw invalid(pointer, `The site ${row.code} is archived.`)
  return toLocation(row) as Site
}

/** The site used when none is named; undefined before the first one is made. */
export function findSiteByDefault(read: Read): Site | undefined {
  const row = findDefaultSite(read)
  return row && (toLocation(row) as Site)
}

export const toLocation = (row: LocationRow): Location => ({
  id: row.id,
  type: row.type,
  code: row.code,
  name: row.name,
  parent_id: row.parent_id,
  site_id: row.site_id,
  address: row.address === null ? null : (JSON.parse(row.address) as Address),
  pickable: row.pickable === 1,
  receivable: row.receivable === 1,
  on_hold: row.on_hold === 1,
  account_id: row.account_id || null,
  receiving_id: row.receiving_id,
  packing_id: row.packing_id,
  quarantine_id: row.quarantine_id,
  returns_id: row.returns_id,
  is_default: row.is_default === 1,
  archived_at: row.archived_at,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
