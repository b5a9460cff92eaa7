/** Who Harbour Goods is: its people, where it is, and whom it buys from. */
import type { Address } from '../../carriers/address.ts'
import type { NewParty } from '../../parties/schema.ts'

export const company = {
  name: 'Harbour Goods',
  slug: 'harbour',
  owner: { name: 'Mara Lindqvist', email: 'mara@harbour.test' },
} as const

export const staff = [
  { name: 'Tomas Reyes', email: 'tomas@harbour.test', role: 'admin' },
  { name: 'June Okafor', email: 'june@harbour.test', role: 'member' },
  { name: 'Pim de Vries', email: 'pim@harbour.test', role: 'member' },
  { name: 'Noor Haddad', email: 'noor@harbour.test', role: 'member' },
  { name: 'Ravi Menon', email: 'ravi@harbour.test', role: 'developer' },
  { name: 'Ellen Brandt', email: 'books@brandt.test', role: 'viewer' },
] as const

/** Who does what: the names under which the year's work is written down. */
export const duties = {
  owner: 'mara@harbour.test',
  warehouse: 'tomas@harbour.test',
  bench: 'june@harbour.test',
  buying: 'pim@harbour.test',
  service: 'noor@harbour.test',
  systems: 'ravi@harbour.test',
} as const
export type Duty = keyof typeof duties

export const warehouse_address: Address = {
  company_name: 'Harbour Goods',
  person_name: 'Receiving',
  address_line1: '18 Custom House Wharf',
  city: 'Portland',
  state_code: 'ME',
  postal_code: '04101',
  country_code: 'US',
  phone_number: '2075550118',
}

export const shop_address: Address = {
  company_name: 'Harbour Goods, Quay Street',
  person_name: 'Shop',
  address_line1: '5 Quay Street',
  city: 'Portsmouth',
  state_code: 'NH',
  postal_code: '03801',
  country_code: 'US',
  phone_number: '6035550105',
}

interface Supplier {
  party: NewParty & { code: string }
  /** Working time from the order to the dock, in days. */
  lead_days: readonly [least: number, most: number]
}

const supplier = (
  code: string,
  name: string,
  contact: string,
  address: Address,
  lead_days: readonly [number, number],
): Supplier => ({
  lead_days,
  party: {
    ...{ code, name, kinds: ['supplier'], currency: 'USD' },
    email: `orders@${code.toLowerCase()}.test`,
    contacts: [{ person_name: contact, role: 'Sales' }],
    addresses: [{ label: 'Head office', use: 'both', address: { company_name: name, ...address } }],
  },
})

export const suppliers = {
  KILN: supplier(
    'KILN',
    'Kiln & Co',
    'Harriet Booth',
    { address_line1: '7 Longport Road', city: 'Stoke-on-Trent', country_code: 'GB' },
    [18, 26],
  ),
  TANAKA: supplier(
    'TANAKA',
    'Tanaka Tea',
    'Yuki Tanaka',
    { address_line1: '2-14 Kanaya', city: 'Shizuoka', country_code: 'JP' },
    [16, 24],
  ),
  ASSAM: supplier(
    'ASSAM',
    'Garden Estates',
    'Anil Baruah',
    { address_line1: '41 Strand Road', city: 'Kolkata', country_code: 'IN' },
    [20, 28],
  ),
  COMET: supplier(
    'COMET',
    'Officine Cometa',
    'Giulia Serra',
    { address_line1: 'Via dei Tornitori 12', city: 'Omegna', country_code: 'IT' },
    [15, 22],
  ),
  IRON: supplier(
    'IRON',
    'Ironbound Cookware',
    'Dale Hutchins',
    { address_line1: '900 Foundry Street', city: 'Pittsburgh', country_code: 'US' },
    [6, 10],
  ),
  FJORD: supplier(
    'FJORD',
    'Fjord Glas',
    'Signe Holm',
    { address_line1: 'Havnegade 3', city: 'Holmegaard', country_code: 'DK' },
    [16, 23],
  ),
  BALTIC: supplier(
    'BALTIC',
    'Baltic Linen',
    'Rasa Petrauskas',
    { address_line1: 'Linų gatvė 9', city: 'Panevėžys', country_code: 'LT' },
    [14, 20],
  ),
} as const
export type SupplierCode = keyof typeof suppliers
export const supplier_codes = Object.keys(suppliers) as SupplierCode[]
