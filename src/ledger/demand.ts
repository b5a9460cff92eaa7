/** Whether the goods are there: demand summed over the posting, floors, reservations, serials. */
import type { Write } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import { expireOnLevel, expireOnSite } from './reservations/expire.ts'
import { NamedReservations } from './reservations/named.ts'
import type { Movement } from './schema.ts'
import { findPromised, findSerialHolder, sumPromisable } from './store.ts'
import type { Touched, TouchedLevels } from './touched.ts'

/** Works out what every level becomes, and refuses what no level can give. */
export function applyMovements(
  tx: Write,
  movements: readonly Movement[],
  levels: TouchedLevels,
): void {
  const reservations = new NamedReservations(tx, movements, levels)
  checkSerials(tx, movements, levels)
  for (const movement of movements) {
    const source = levels.get(movement, 'source')
    const target = levels.get(movement, 'target')
    if (reservations.isHard(movement)) {
      source.reserved -= movement.quantity
      source.version += 1
    }
    source.on_hand -= movement.quantity
    source.demand += movement.quantity
    source.version += 1
    source.lowest = Math.min(source.lowest, source.on_hand)
    source.lowest_free = Math.min(source.lowest_free, source.on_hand - source.reserved)
    target.on_hand += movement.quantity
    target.version += 1
    if (!Number.isSafeInteger(target.on_hand)) throw new Error('a level exceeds 2^53')
  }
  for (const level of levels.all) checkFloor(tx, level)
  checkPromises(tx, movements, levels)
}

/** One unit is in one place: whoever moves it must take it from there. */
function checkSerials(tx: Write, movements: readonly Movement[], levels: TouchedLevels): void {
  const holders = new Map<string, string | undefined>()
  for (const movement of movements) {
    if (!movement.serial_id) continue
    const unit = `${movement.item_id}\n${movement.serial_id}`
    const holder = holders.has(unit) ? holders.get(unit) : findSerialHolder(tx, movement)
    if (holder !== undefined && holder !== movement.source) {
      const detail = `The serial ${movement.serial_id} is in ${holder}.`
      throw new Problem('serial_elsewhere', detail, {
        serial_id: movement.serial_id,
        account_id: holder,
        errors: [{ pointer: `/movements/${movement.line - 1}/source`, detail }],
      })
    }
    // A counterpart that once gave the unit is at −1: taking it back makes that zero, not a place.
    const returned = holder !== undefined && levels.get(movement, 'target').on_hand < 0
    holders.set(unit, returned ? undefined : movement.target)
  }
}

function checkFloor(tx: Write, level: Touched): void {
  const { floor } = level.account
  if (floor === null || level.demand === 0 || level.lowest_free >= floor) return
  if (level.lowest >= floor) {
    const freed = expireOnLevel(tx, level.key)
    level.found_reserved -= freed.quantity
    level.reserved -= freed.quantity
    level.lowest_free += freed.quantity
    level.version += freed.count
    if (freed.count > 0) return checkFloor(tx, level)
  }
  const shortfall = floor - level.lowest_free
  const available = level.demand - shortfall
  const code = level.lowest < floor ? 'insufficient_stock' : 'stock_reserved'
  const detail = `${level.demand} are asked for, ${available} are available.`
  throw new Problem(code, detail, {
    ...level.key,
    on_hand: level.found_on_hand,
    reserved: level.found_reserved,
    floor,
    available,
    requested: level.demand,
    shortfall,
    errors: [{ pointer: level.pointer, detail }],
  })
}

interface SiteChange {
  item_id: string
  site_id: string
  pointer: string
  promised: number
  change: number
  demand: number
}

/** What a site promised softly stays with the site, unless the movement confirms the promise. */
function checkPromises(tx: Write, movements: readonly Movement[], levels: TouchedLevels): void {
  const sites = new Map<string, SiteChange>()
  const siteKey = ({ account, key }: Touched) => `${account.site_id}\n${key.item_id}`
  for (const movement of movements) {
    const source = levels.get(movement, 'source')
    // A confirmed reservation takes the goods and the claim on them together.
    if (source.account.promisable === 0 || movement.reservation_id) continue
    const { item_id } = movement
    const { site_id } = source.account
    let site = sites.get(siteKey(source))
    if (!site) {
      const promised = findPromised(tx, item_id, site_id)
      site = { item_id, site_id, pointer: source.pointer, promised, change: 0, demand: 0 }
      sites.set(siteKey(source), site)
    }
    site.change -= movement.quantity
    site.demand += movement.quantity
  }
  if (sites.size === 0) return
  for (const movement of movements) {
    const target = levels.get(movement, 'target')
    const site = target.account.promisable === 1 ? sites.get(siteKey(target)) : undefined
    if (site) site.change += movement.quantity
  }
  for (const site of sites.values()) checkSite(tx, site)
}

function checkSite(tx: Write, site: SiteChange): void {
  if (site.change >= 0 || site.promised === 0) return
  const on_site = sumPromisable(tx, site.item_id, site.site_id)
  const left = on_site + site.change - site.promised
  if (left >= 0) return
  const freed = expireOnSite(tx, site.item_id, site.site_id)
  if (freed.count > 0) return checkSite(tx, { ...site, promised: site.promised - freed.quantity })
  const available = site.demand + left
  const detail = `${site.demand} are asked for; ${available} are not promised to anyone else.`
  throw new Problem('stock_reserved', detail, {
    item_id: site.item_id,
    site_id: site.site_id,
    available,
    requested: site.demand,
    shortfall: -left,
    promised: site.promised,
    errors: [{ pointer: site.pointer, detail }],
  })
}
