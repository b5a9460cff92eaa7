/** Where a parcel comes from and where it goes: the address as carriers and customers name it. */
import { Type, type Static } from '@sinclair/typebox'

const text = (maxLength: number) => Type.String({ minLength: 1, maxLength })

/** ISO 3166-1 alpha-2, upper case. */
export const CountryCode = Type.String({ pattern: '^[A-Z]{2}$' })

/**
 * Only the country is always needed, so that a quote may be asked with a postal code alone;
 * `readiness()` asks for the rest before a label is bought.
 * Postal codes are text and stay exactly as given: 01234 and 1234 are different places.
 */
export const Address = Type.Object(
  {
    person_name: Type.Optional(text(100)),
    company_name: Type.Optional(text(100)),
    phone_number: Type.Optional(text(40)),
    email: Type.Optional(text(254)),
    address_line1: Type.Optional(text(100)),
    address_line2: Type.Optional(text(100)),
    city: Type.Optional(text(60)),
    state_code: Type.Optional(text(40)),
    postal_code: Type.Optional(text(16)),
    country_code: CountryCode,
    residential: Type.Optional(Type.Boolean()),
    federal_tax_id: Type.Optional(text(40)),
    state_tax_id: Type.Optional(text(40)),
  },
  { additionalProperties: false },
)
export type Address = Static<typeof Address>

/** The name a driver looks for: the company, or the person when there is none. */
export const partyName = (address: Address): string =>
  address.company_name ?? address.person_name ?? ''

/** The lines of the street address that exist. */
export const streetLines = (address: Address): string[] =>
  [address.address_line1, address.address_line2].filter((line) => line !== undefined)

/** `Ottawa, ON, K1K 4T3, CA`. */
export const placeLine = (address: Address): string =>
  [address.city, address.state_code, address.postal_code, address.country_code]
    .filter((part) => part !== undefined)
    .join(', ')
