/** Gives a new business its first site: a dock, a bin, a packing bench, quarantine and returns. */
import type { Write } from '../db/session.ts'
import { createLocation } from './create.ts'
import { findSiteByDefault, getLocation, getSite, type Site } from './read.ts'
import type { SiteSet } from './schema.ts'
import { findLocationByCode, treeRows } from './store.ts'

/**
 * Makes the default site when there is none, and is content when there is one: whoever sets a
 * business up may call it as often as he likes.
 */
export function furnishOrganization(tx: Write): SiteSet {
  const site = findSiteByDefault(tx) ?? makeSite(tx)
  const rows = treeRows(tx, site.id, 100)
  const locations = rows.slice(1).map(({ id }) => getLocation(tx, { id }))
  return { site: getLocation(tx, site), locations }
}

function makeSite(tx: Write): Site {
  const code = freeCode(tx, 'MAIN')
  const { id } = createLocation(tx, { type: 'site', code, name: 'Main warehouse' })
  createLocation(tx, { type: 'bin', code: freeCode(tx, 'A-01-01'), parent_id: id })
  return getSite(tx, id)
}

/** The code itself, or with the first number behind it that nobody has taken. */
function freeCode(tx: Write, code: string): string {
  let free = code
  for (let number = 2; findLocationByCode(tx, free); number++) free = `${code}-${number}`
  return free
}

/**
 * The site a document names, else the default one, which is made at its first need: a business
 * with one warehouse never has to think about sites.
 * @throws Problem `invalid` at `/site_id`
 */
export function siteOrDefault(tx: Write, site_id?: string): Site {
  return site_id ? getSite(tx, site_id) : (findSiteByDefault(tx) ?? makeSite(tx))
}
