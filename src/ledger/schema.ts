/** The words of the ledger: accounts, postings, movements, levels, reservations. */

export const virtual_kinds = [
  'opening',
  'supplier',
  'customer',
  'adjustment',
  'scrap',
  'production',
] as const
export const physical_kinds = ['receiving', 'bin', 'quarantine', 'packed', 'in_transit'] as const
export const account_kinds = [...virtual_kinds, ...physical_kinds] as const

/** Where goods come from or go to, outside what we hold. */
export type VirtualKind = (typeof virtual_kinds)[number]
/** Where goods of ours are. */
export type PhysicalKind = (typeof physical_kinds)[number]
export type AccountKind = (typeof account_kinds)[number]

export const isPhysical = (kind: AccountKind): kind is PhysicalKind =>
  (physical_kinds as readonly string[]).includes(kind)

export interface Account {
  id: string
  kind: AccountKind
  /** 1 when goods here are ours. */
  physical: 0 | 1
  location_id: string
  site_id: string
  /** 1 when the site may promise goods that lie here to orders. */
  promisable: 0 | 1
  party_id: string
  name: string
  /** The lowest available quantity a level may have here; null: no limit (counterparts). */
  floor: number | null
  floor_reason: string
  opened_at: string
  closed_at: string | null
  version: number
}

/** One kind of goods: lot_id and serial_id are '' when the item is not tracked by them. */
export interface Goods {
  item_id: string
  lot_id: string
  serial_id: string
}

/** One kind of goods in one place. */
export interface LevelKey extends Goods {
  account_id: string
}

/** How callers name a level: what is not tracked may be left out. */
export interface LevelName {
  item_id: string
  lot_id?: string | undefined
  serial_id?: string | undefined
  account_id: string
}

export const levelKey = (name: LevelName): LevelKey => ({
  item_id: name.item_id,
  lot_id: name.lot_id ?? '',
  serial_id: name.serial_id ?? '',
  account_id: name.account_id,
})

/** Quantities are integers of the item's base unit at its scale. */
export interface Level extends LevelKey {
  on_hand: number
  /** Held by open hard reservations, with those that ran out and have not been swept yet. */
  reserved: number
  /** Grows by one with every change: the ETag. */
  version: number
}

/** What caused a posting or a reservation: a document of ours, or any URI. */
export type Reference = { type: string; id: string } | string

export interface Movement extends Goods {
  /** 1-based, within the posting. */
  line: number
  source: string
  target: string
  quantity: number
  /** The reservation it confirmed, or ''. */
  reservation_id: string
}

export interface PostingHead {
  seq: number
  id: string
  reason: string
  /** When it happened in the warehouse. */
  occurred_at: string
  /** When we were told. */
  recorded_at: string
  actor_kind: string
  actor_id: string
  actor_name: string
  /** A document's type, `uri`, or ''. */
  reference_type: string
  reference_id: string
  request_id: string
  note: string
  /** The posting that this one takes back. */
  reverses: string | null
}

export interface Posting extends PostingHead {
  movements: Movement[]
  /** Hex; with the hash of the posting before, it proves that neither was changed. */
  hash: string
}

export interface Posted {
  posting: Posting
  /** Every level that was touched, as it is now. */
  levels: Level[]
  /** Those of them where goods are ours. */
  own_levels: Level[]
}

export type ReservationState = 'open' | 'confirmed' | 'released' | 'expired'

export interface Reservation extends Goods {
  id: string
  /** Hard: the account whose goods are held; '' when soft. */
  account_id: string
  /** Soft: the site that promised; '' when hard. */
  site_id: string
  quantity: number
  open_quantity: number
  confirmed_quantity: number
  released_quantity: number
  state: ReservationState
  expires_at: string | null
  reference_type: string
  reference_id: string
  created_at: string
  closed_at: string | null
  version: number
}

/** Days a posting may be dated back where an organization has chosen no other limit. */
export const default_backdating_days = 366

export const movement_limit = 1_000
/** Positions of movements: the posting's seq times this, plus the line. */
export const lines_per_seq = 1_024
