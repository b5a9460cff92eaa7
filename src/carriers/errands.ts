/** What a carrier does beside carrying: checks addresses, comes by, takes papers and manifests. */
import { Type, type Static } from '@sinclair/typebox'
import type { Money } from '../kit/money.ts'
import { Address, CountryCode } from './address.ts'
import { Parcel } from './parcel.ts'

const closed = { additionalProperties: false }
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
const Clock = Type.String({ pattern: '^\\d{2}:\\d{2}$' })

export const AddressRequest = Type.Object({ address: Address }, closed)
export type AddressRequest = Static<typeof AddressRequest>
export interface AddressAnswer {
  valid: boolean
  residential?: boolean
  /** What the carrier would write instead, best first. */
  candidates: Address[]
}

export const PickupRequest = Type.Object(
  {
    address: Address,
    pickup_date: Day,
    ready_time: Clock,
    closing_time: Clock,
    parcels: Type.Array(Parcel, { minItems: 1 }),
    instruction: Type.Optional(Type.String({ maxLength: 200 })),
    service: Type.Optional(Type.String()),
    destination_country: Type.Optional(CountryCode),
    reference: Type.Optional(Type.String({ maxLength: 35 })),
  },
  closed,
)
export type PickupRequest = Static<typeof PickupRequest>
export interface Pickup {
  confirmation_number: string
  charge?: Money
}

export const PickupCancelRequest = Type.Object(
  { confirmation_number: Type.String({ minLength: 1 }) },
  closed,
)
export type PickupCancelRequest = Static<typeof PickupCancelRequest>

export const DocumentRequest = Type.Object(
  {
    documents: Type.Array(
      Type.Object(
        {
          /** `commercial_invoice`, `certificate_of_origin`, `declaration` … */
          kind: Type.String(),
          file_name: Type.String(),
          /** File extension: `pdf`, `txt`. */
          format: Type.String(),
          /** Base64. */
          data: Type.String(),
        },
        closed,
      ),
      { minItems: 1 },
    ),
    tracking_number: Type.Optional(Type.String()),
  },
  closed,
)
export type DocumentRequest = Static<typeof DocumentRequest>
export interface DocumentAnswer {
  documents: { file_name: string; document_id: string }[]
}

export const ManifestRequest = Type.Object(
  {
    shipment_identifiers: Type.Array(Type.String(), { minItems: 1 }),
    address: Type.Optional(Address),
  },
  closed,
)
export type ManifestRequest = Static<typeof ManifestRequest>
export interface Manifest {
  manifest_ids: string[]
  documents: { format: string; data: string }[]
}
