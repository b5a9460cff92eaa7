/** What a carrier is, as data: who it is, what it can do, what it asks and how its answers read. */
import { Type, type Static } from '@sinclair/typebox'
import type { Money } from '../kit/money.ts'
import { Address, CountryCode } from './address.ts'
import type {
  AddressAnswer,
  AddressRequest,
  DocumentAnswer,
  DocumentRequest,
  Manifest,
  ManifestRequest,
  Pickup,
  PickupCancelRequest,
  PickupRequest,
} from './errands.ts'
import type { HttpCall, HttpResponse } from './exchange.ts'
import type { CarrierMessage, MessageCode } from './message.ts'
import { Commodity, Options, Parcel, type OptionValue } from './parcel.ts'
import type { TrackingCodes, TrackingDetails, TrackingRequest } from './tracking.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

export const MoneySchema = Type.Object(
  { amount: Type.Integer(), currency: Type.String({ pattern: '^[A-Z]{3}$' }) },
  closed,
)

/** The declaration for goods that cross a border. */
export const Customs = Type.Object(
  {
    commodities: Type.Array(Commodity, { minItems: 1 }),
    content_type: Type.Optional(
      Type.Union(
        [
          'merchandise',
          'sale',
          'gift',
          'sample',
          'repair',
          'documents',
          'return_merchandise',
          'other',
        ].map((name) => Type.Literal(name)),
      ),
    ),
    content_description: Type.Optional(Type.String({ maxLength: 200 })),
    incoterm: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    invoice: Type.Optional(Type.String({ maxLength: 35 })),
    invoice_date: Type.Optional(Day),
    duty: Type.Optional(
      Type.Object(
        {
          paid_by: Type.Union(['sender', 'recipient', 'third_party'].map((n) => Type.Literal(n))),
          account_number: Type.Optional(Type.String()),
          declared_value: Type.Optional(MoneySchema),
        },
        closed,
      ),
    ),
    signer: Type.Optional(Type.String({ maxLength: 35 })),
    /** EORI, VAT, IOSS, EIN … by type. */
    tax_ids: Type.Optional(Type.Record(Type.String(), Type.String())),
  },
  closed,
)
export type Customs = Static<typeof Customs>

/** Who pays the carrier. */
export const Payment = Type.Object(
  {
    paid_by: Type.Union(['sender', 'recipient', 'third_party'].map((n) => Type.Literal(n))),
    account_number: Type.Optional(Type.String()),
    postal_code: Type.Optional(Type.String()),
    country_code: Type.Optional(CountryCode),
  },
  closed,
)
export type Payment = Static<typeof Payment>

const journey = {
  shipper: Address,
  recipient: Address,
  parcels: Type.Array(Parcel, { minItems: 1, maxItems: 200 }),
  options: Type.Optional(Options),
  customs: Type.Optional(Customs),
  payment: Type.Optional(Payment),
}

export const RateRequest = Type.Object(
  {
    ...journey,
    /** Our service codes; empty or absent asks for all. */
    services: Type.Optional(Type.Array(Type.String())),
    reference: Type.Optional(Type.String({ maxLength: 60 })),
  },
  closed,
)
export type RateRequest = Static<typeof RateRequest>

export const label_types = ['PDF', 'PNG', 'ZPL'] as const
export type LabelType = (typeof label_types)[number]

export const ShipmentRequest = Type.Object(
  {
    ...journey,
    service: Type.String({ minLength: 1 }),
    /** Our own name for this purchase, sent along so that a lost answer can be looked up. */
    reference: Type.String({ minLength: 1, maxLength: 35 }),
    label_type: Type.Union(label_types.map((name) => Type.Literal(name))),
  },
  closed,
)
export type ShipmentRequest = Static<typeof ShipmentRequest>

export interface Charge {
  name: string
  amount: Money
}

export interface Rate {
  carrier_id: string
  /** Our service code, `ups_ground`; the carrier's own when we do not know it. */
  service: string
  service_name: string
  total: Money
  charges: Charge[]
  /** Business days. */
  transit_days?: number
  /** `2026-11-25`, or with a wall clock `2026-11-25T12:00:00` at the destination. */
  estimated_delivery?: string
  meta: Record<string, unknown>
}

export interface Label {
  format: LabelType
  /** Base64. */
  data: string
}

/** Parcels stand in the order of the request; each keeps its own number and label. */
export interface PurchasedParcel {
  tracking_number: string
  label?: Label
  charges: Charge[]
}

export interface PurchasedShipment {
  carrier_id: string
  service: string
  reference: string
  /** What the carrier wants to hear when the shipment is voided. */
  shipment_identifier: string
  tracking_number: string
  tracking_url?: string
  parcels: PurchasedParcel[]
  charges: Charge[]
  total?: Money
  documents: { kind: string; format: string; data: string }[]
  meta: Record<string, unknown>
}

/** Everything a carrier may want to know to cancel: the identifier and every parcel's number. */
export const VoidRequest = Type.Object(
  {
    shipment_identifier: Type.String({ minLength: 1 }),
    tracking_numbers: Type.Optional(Type.Array(Type.String())),
    service: Type.Optional(Type.String()),
  },
  closed,
)
export type VoidRequest = Static<typeof VoidRequest>
export interface Voided {
  voided: true
  /** True where the carrier says it was void already. */
  already: boolean
}

/** Asks for the purchase of `shipment.reference` again, without buying anew. */
export const LookupRequest = Type.Object(
  { shipment: ShipmentRequest, sent_at: Type.String() },
  closed,
)
export type LookupRequest = Static<typeof LookupRequest>
export type Lookup = { found: true; shipment: PurchasedShipment } | { found: false }

/** Operation → what goes in and what comes out. A new kind of operation is one line here. */
export interface Operations {
  rate: { input: RateRequest; output: Rate[] }
  ship: { input: ShipmentRequest; output: PurchasedShipment }
  return: { input: ShipmentRequest; output: PurchasedShipment }
  void: { input: VoidRequest; output: Voided }
  track: { input: TrackingRequest; output: TrackingDetails[] }
  lookup: { input: LookupRequest; output: Lookup }
  address: { input: AddressRequest; output: AddressAnswer }
  pickup: { input: PickupRequest; output: Pickup }
  pickup_cancel: { input: PickupCancelRequest; output: { cancelled: true } }
  document: { input: DocumentRequest; output: DocumentAnswer }
  manifest: { input: ManifestRequest; output: Manifest }
}
export type OperationName = keyof Operations

/** A tenant's account with a carrier. Credentials and tokens belong to its id, to nothing else. */
export interface Connection {
  id: string
  carrier_id: string
  mode: 'sandbox' | 'live' | 'simulator'
  /** Where the simulator is; a real carrier is only called at its declared hosts. */
  base_url?: string
  credentials: Record<string, string>
  config: Record<string, unknown>
}

/** What an operation may look at besides its input: all that keeps it pure. */
export interface Ask {
  connection: Connection
  now_ms: number
  /** Answers of the earlier steps, in order. */
  earlier: HttpResponse[]
}

export type Step<Input> = (input: Input, ask: Ask) => HttpCall | HttpCall[]
export interface Reading<Output> {
  /** Absent when the carrier refused. */
  result?: Output
  messages: CarrierMessage[]
}

/**
 * A pair of pure functions. An operation of several steps gives a list of them: each sees the
 * answers so far and may ask nothing more (`[]`); the reader gets all answers in order.
 */
export interface Operation<Input, Output> {
  request: Step<Input> | Step<Input>[]
  read(
    responses: HttpResponse[],
    input: Input,
    ask: Ask,
  ): Reading<Output> | Promise<Reading<Output>>
}

export interface Field {
  name: string
  label: string
  help: string
  secret?: boolean
  required?: boolean
  /** Where only these are possible. */
  choices?: readonly string[]
  /** It holds JSON: a whole one, to begin with. */
  example?: unknown
}

export interface Service {
  id: string
  carrier_code: string
  name: string
  /** Shipper countries that may use it; absent: all of the carrier's. */
  from?: readonly string[]
}

export interface Packaging {
  id: string
  carrier_code: string
  name: string
  length_mm?: number
  width_mm?: number
  height_mm?: number
  max_weight_g?: number
}

export interface OptionField {
  id: string
  /** The carrier's own name for it; absent where the connector maps it itself. */
  code?: string
  type: 'boolean' | 'string' | 'number' | 'money' | 'date'
  default?: OptionValue
  choices?: readonly string[]
  help: string
}

/** Checked offline by `readiness()`. Absent means the carrier states no limit. */
export interface Limits {
  max_parcels?: number
  max_weight_g?: number
  max_length_mm?: number
  /** Longest side plus twice the two others. */
  max_length_and_girth_mm?: number
  max_volume_litres?: number
  origin_countries?: readonly string[]
  destination_countries?: readonly string[]
  sizes_required?: boolean
}

/**
 * What of the common request reaches the carrier. Anything else that is asked for is refused
 * beforehand: nothing is silently left out.
 */
export interface Supports {
  /** Ids among the common options. */
  options: readonly string[]
  payers: readonly Payment['paid_by'][]
  customs: readonly (keyof Customs)[]
}

/** What is known to work, and from where it is known. */
export interface Proof {
  how: 'vectors' | 'simulator' | 'sandbox' | 'live'
  on: string
  note: string
}

/** Where an outside recording is wrong or says less than the carrier's documents, and why. */
export interface Deviation {
  operation: OperationName
  /** Path in the call's fields; `*` stands for one step, `**` for any number. */
  path: string
  why: string
}

export type Auth =
  | { kind: 'none' }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'headers'; headers: (connection: Connection) => Record<string, string> }
  | {
      kind: 'token'
      request: (connection: Connection) => HttpCall
      /** Undefined when the answer holds no token. */
      read: (response: HttpResponse) => { token: string; expires_in_s: number } | undefined
      headers: (token: string, connection: Connection) => Record<string, string>
    }

export interface Carrier {
  id: string
  name: string
  website: string
  countries: readonly string[]
  credentials: readonly Field[]
  config: readonly Field[]
  auth: Auth
  /** `api` is the default host; others are named by a call. */
  hosts: Record<string, { sandbox: string; live: string }>
  /** Limits, for a shipper in this country where the carrier's differ. */
  limits: (country_code: string) => Limits
  services: readonly Service[]
  packaging: readonly Packaging[]
  /** The carrier's own, beside the common ones it supports. */
  options: readonly OptionField[]
  supports: Supports
  label_types: readonly LabelType[]
  tracking: TrackingCodes
  tracking_url?: (tracking_number: string) => string
  /** The carrier's error codes, exactly as it sends them. */
  errors: Readonly<Record<string, MessageCode>>
  /** How a lost purchase is settled; a `replay` is safe only as long as the carrier says. */
  lookup?: { by: 'query' } | { by: 'replay'; valid_for_ms: number }
  proven: readonly Proof[]
  deviations: readonly Deviation[]
  operations: {
    [Name in OperationName]?: Operation<Operations[Name]['input'], Operations[Name]['output']>
  }
}
