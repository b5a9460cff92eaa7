/** Opens the accounts between which goods move: one for each place, one for each counterpart. */
import type { Write } from '../../db/session.ts'
import { invalid, Problem } from '../../kit/problem.ts'
import { isPhysical, type Account, type AccountKind, type VirtualKind } from '../schema.ts'
import { findAccountOf, insertAccount } from './store.ts'
import { getAccount } from './read.ts'

export interface OpenAccountInput {
  kind: AccountKind
  location_id?: string | undefined
  /** The site that promises these goods to orders; the location itself, when left out. */
  site_id?: string | undefined
  /** Whether goods here can be promised to orders: bins, unless told otherwise. */
  promisable?: boolean | undefined
  /** A supplier, a customer: whose account it is. */
  party_id?: string | undefined
  name: string
  /** 0 where goods are, unless a negative one has a reason; counterparts have none. */
  floor?: number | null | undefined
  floor_reason?: string | undefined
}

/**
 * Opens the one account of this kind at this location and party.
 * @throws Problem `invalid` (a floor that does not fit), `account_exists` with `account_id`
 */
export function openAccount(tx: Write, input: OpenAccountInput): Account {
  const location_id = input.location_id ?? ''
  const site_id = input.site_id ?? location_id
  const party_id = input.party_id ?? ''
  const physical = isPhysical(input.kind)
  const floor = input.floor === undefined ? (physical ? 0 : null) : input.floor
  const floor_reason = input.floor_reason ?? ''
  checkFloor(input.kind, floor, floor_reason)
  const promisable = input.promisable ?? (input.kind === 'bin' && site_id !== '')
  if (promisable && (!physical || site_id === '')) {
    throw invalid('/promisable', 'Only goods of ours at a site can be promised.')
  }
  if (!input.name) throw invalid('/name', 'Name the account.')
  const existing = findAccountOf(tx, input.kind, location_id, party_id)
  if (existing) {
    const detail = `The account ${existing.id} is of this kind, location and party.`
    throw new Problem('account_exists', detail, { account_id: existing.id })
  }
  const id = tx.id('acc')
  insertAccount(tx, {
    id,
    kind: input.kind,
    location_id,
    site_id,
    promisable: promisable ? 1 : 0,
    party_id,
    name: input.name,
    floor,
    floor_reason,
    opened_at: tx.now,
  })
  return getAccount(tx, id)
}

/** The account of this kind, location and party: opened when there is none yet. */
export const ensureAccount = (tx: Write, input: OpenAccountInput): Account =>
  findAccountOf(tx, input.kind, input.location_id ?? '', input.party_id ?? '') ??
  openAccount(tx, input)

const counterpart_names: Record<VirtualKind, string> = {
  opening: 'Opening stock',
  supplier: 'Suppliers',
  customer: 'Customers',
  adjustment: 'Adjustments',
  scrap: 'Scrap',
  production: 'Production',
}

/** The organization's counterpart of this kind, or one party's: opened at its first use. */
export const counterpart = (tx: Write, kind: VirtualKind, party_id = ''): Account =>
  ensureAccount(tx, { kind, party_id, name: counterpart_names[kind] })

/** @throws Problem `invalid` */
export function checkFloor(kind: AccountKind, floor: number | null, floor_reason: string): void {
  if (!isPhysical(kind)) {
    if (floor !== null) throw invalid('/floor', `An account of kind ${kind} has no floor.`)
    return
  }
  if (floor === null || !Number.isSafeInteger(floor) || floor > 0) {
    throw invalid('/floor', 'The floor is 0, or a negative whole number with a reason.')
  }
  if (floor < 0 && !floor_reason) throw invalid('/floor_reason', 'A floor below 0 needs a reason.')
}
