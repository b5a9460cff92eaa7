/** Whom Harbour Goods sells to: households, and a few cafés that order more. */
import type { Address } from '../../carriers/address.ts'
import type { NewParty } from '../../parties/schema.ts'
import type { Chance } from './chance.ts'

const first_names =
  'Ada Ben Clara Dev Elena Finn Grace Hugo Iris Jonas Keiko Liam Mina Noah Olive Priya Quinn Rosa Sam Tessa Umar Vera Will Xenia Yara Zane'.split(
    ' ',
  )
const last_names =
  'Abbott Bauer Castillo Doyle Eriksen Fischer Garner Hale Ito Jensen Kowalski Lane Moreau Nolan Ortega Park Quist Rossi Shah Tran Ueda Vance Walsh Young'.split(
    ' ',
  )
const streets =
  'Maple Avenue|Oak Street|Harbor View Road|Pine Lane|Elm Street|Birch Court|Cedar Street|Lake Drive|Mill Road|Hill Street'.split(
    '|',
  )

const towns: readonly [city: string, state_code: string, postal_code: string][] = [
  ['Boston', 'MA', '02116'],
  ['Brooklyn', 'NY', '11201'],
  ['New York', 'NY', '10011'],
  ['Philadelphia', 'PA', '19103'],
  ['Providence', 'RI', '02903'],
  ['Burlington', 'VT', '05401'],
  ['Portland', 'ME', '04102'],
  ['Hartford', 'CT', '06103'],
  ['Chicago', 'IL', '60601'],
  ['Minneapolis', 'MN', '55401'],
  ['Austin', 'TX', '78701'],
  ['Denver', 'CO', '80202'],
  ['Seattle', 'WA', '98101'],
  ['Portland', 'OR', '97205'],
  ['San Francisco', 'CA', '94110'],
  ['Los Angeles', 'CA', '90026'],
  ['Atlanta', 'GA', '30307'],
  ['Asheville', 'NC', '28801'],
  ['Washington', 'DC', '20009'],
  ['Ann Arbor', 'MI', '48104'],
]

const cafes =
  'The Copper Kettle|Lantern Coffee|Slow Tide Café|North Room|Finch & Fern|Parlour Tea Rooms|Harbor Bakehouse|Juniper Café'.split(
    '|',
  )

const mailOf = (name: string): string =>
  `${name
    .toLowerCase()
    .replaceAll('é', 'e')
    .replace(/[^a-z]+/g, '.')}@example.com`

function addressIn(chance: Chance, more: Pick<Address, 'company_name' | 'person_name'>): Address {
  const [city, state_code, postal_code] = chance.pick(towns)
  return {
    ...more,
    address_line1: `${chance.whole(2, 480)} ${chance.pick(streets)}`,
    ...{ city, state_code, postal_code, country_code: 'US' },
    phone_number: `${chance.whole(201, 989)}555${String(chance.whole(100, 199)).padStart(4, '0')}`,
    residential: more.company_name === undefined,
  }
}

const party = (name: string, address: Address): NewParty => ({
  ...{ name, kinds: ['customer'], currency: 'USD', email: mailOf(name) },
  addresses: [{ label: 'Delivery', use: 'both', address }],
})

export interface Customer {
  party: NewParty
  is_cafe: boolean
}

/** @param count of households; the cafés come on top */
export function customersOf(chance: Chance, count: number): Customer[] {
  const households = Array.from({ length: count }, (_, index): Customer => {
    const first = first_names[index % first_names.length]!
    const last = last_names[(index * 7 + Math.floor(index / 24)) % last_names.length]!
    const person_name = `${first} ${last}`
    return { party: party(person_name, addressIn(chance, { person_name })), is_cafe: false }
  })
  const businesses = cafes.map((company_name, index): Customer => {
    const person_name = `${first_names[index * 3]} ${last_names[index * 2]}`
    const address = addressIn(chance, { company_name, person_name })
    return { party: party(company_name, address), is_cafe: true }
  })
  return [...businesses, ...households]
}
