/**
 * Replaces whatever says who somebody is, and nothing else: quantities, items, money, dates and
 * states stay. The same name becomes the same fake everywhere in one branch, and another one in the
 * next, because the key is thrown away.
 */
import { hmacSha256 } from '../kit/secrets.ts'
import type { Row, Value } from '../archives/store-file.ts'

/** What a text is, and so what takes its place. */
type Sort =
  | 'person'
  | 'company'
  | 'email'
  | 'phone'
  | 'street'
  | 'number'
  | 'words'
  | 'nothing'
  | 'facts'
  | 'empty_object'
  | 'empty_list'

/** By table and column, where the name of the column does not say it. */
const by_column: Readonly<Record<string, Sort>> = {
  'users.name': 'person',
  'parties.name': 'company',
  'parties.contacts': 'facts',
  'parties.tax_ids': 'empty_list',
  'parties.metadata': 'empty_object',
  'sales_orders.metadata': 'empty_object',
  'sales_orders.ship_to_name': 'person',
  'purchase_orders.metadata': 'empty_object',
  'purchase_orders.reference': 'words',
  'shipments.metadata': 'empty_object',
  'shipments.shipper': 'facts',
  'shipments.recipient': 'facts',
  'shipments.options': 'facts',
  'shipments.customs': 'facts',
  'shipments.payment': 'nothing',
  'shipments.messages': 'empty_list',
  'shipments.tracking_url': 'nothing',
  'shipments.shipment_identifier': 'number',
  'shipment_parcels.parcel': 'facts',
  'shipment_parcels.label_key': 'nothing',
  'shipment_parcels.label_format': 'nothing',
  'trackers.tracking_url': 'nothing',
  'trackers.incident_reason': 'nothing',
  'trackers.signed_by': 'person',
  'returns.metadata': 'empty_object',
  'returns.refund_reference': 'words',
  'stock_accounts.name': 'company',
  'carrier_connections.name': 'company',
  'locations.address': 'facts',
  'items.metadata': 'empty_object',
  'organizations.metadata': 'empty_object',
  'receipts.delivery_note': 'words',
  'sales_orders.hold_reason': 'words',
  'sales_orders.external_reference': 'number',
}

/** By the name of a column, or of a field inside JSON. */
const by_name: Readonly<Record<string, Sort>> = {
  email: 'email',
  emails: 'email',
  phone: 'phone',
  phone_number: 'phone',
  person_name: 'person',
  recipient_name: 'person',
  actor_name: 'person',
  signed_by: 'person',
  signatory: 'person',
  counted_by: 'person',
  packed_by: 'person',
  received_by: 'person',
  decided_by: 'person',
  skipped_by: 'person',
  attention: 'person',
  company_name: 'company',
  address_line1: 'street',
  address_line2: 'words',
  address_line3: 'words',
  note: 'words',
  tracking_number: 'number',
  federal_tax_id: 'nothing',
  state_tax_id: 'nothing',
  tax_id: 'nothing',
  tax_ids: 'nothing',
  eori: 'nothing',
  vat_number: 'nothing',
  account_number: 'nothing',
  invoice: 'number',
  reference: 'words',
  ship_to: 'facts',
  addresses: 'facts',
  contacts: 'facts',
}

/** Inside JSON a bare `name` is somebody's: a contact, a signatory. */
const by_field: Readonly<Record<string, Sort>> = { ...by_name, name: 'person' }

/** How a column is dealt with; undefined when it stays as it is. */
export const sortOf = (table: string, column: string): Sort | undefined =>
  by_column[`${table}.${column}`] ?? by_name[column]

export class Anonymiser {
  constructor(private readonly key: Uint8Array) {}

  /** The same row about nobody. */
  readonly change = (table: string, row: Row): Row => {
    const changed: Row = {}
    for (const [column, value] of Object.entries(row)) {
      const sort = sortOf(table, column)
      changed[column] = sort && typeof value === 'string' ? this.#replace(sort, value) : value
    }
    return changed
  }

  #replace(sort: Sort, value: string): Value {
    if (sort === 'nothing') return null
    if (sort === 'empty_object') return '{}'
    if (sort === 'empty_list') return '[]'
    if (sort === 'facts') return JSON.stringify(this.#inside(JSON.parse(value)))
    return this.#fake(sort, value)
  }

  #inside(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((each) => this.#inside(each))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, this.#field(name, inner)]),
    )
  }

  #field(name: string, value: unknown): unknown {
    const sort = by_field[name]
    if (typeof value !== 'string' || !sort || sort === 'facts') return this.#inside(value)
    return sort === 'nothing' ? '' : this.#fake(sort, value)
  }

  /** An empty text says nothing about anybody. */
  #fake(sort: Sort, value: string): string {
    if (value === '') return ''
    const mark = hmacSha256(this.key, value.trim().toLowerCase())
    const short = mark.toString('hex', 0, 5)
    const number = mark.readUInt32BE(5)
    switch (sort) {
      case 'email':
        return `person-${short}@example.invalid`
      case 'phone':
        return `555${String(number % 10_000_000).padStart(7, '0')}`
      case 'street':
        return `${1 + (number % 999)} Example Street`
      case 'company':
        return `Company ${short}`
      case 'number':
        return `ANON${short.toUpperCase()}${number}`
      case 'words':
        return '(left out)'
      default:
        return `Person ${short}`
    }
  }
}
