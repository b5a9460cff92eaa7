/** The small shop that a sandbox can begin with: tableware, its maker, and those who buy it. */
import type { Address } from '../../carriers/address.ts'
import type { NewItem } from '../../catalog/schema.ts'
import type { NewParty } from '../../parties/schema.ts'

const usd = (amount: number) => ({ amount, currency: 'USD' })

export const sample_items: readonly (NewItem & { on_hand: string })[] = [
  {
    ...{ sku: 'MUG-BLUE', name: 'Mug, blue', barcode: '4006381333931', on_hand: '60' },
    ...{ weight_g: 350, length_mm: 120, width_mm: 90, height_mm: 100 },
    ...{ value: usd(650), country_of_origin: 'PT', hs_code: '691200', reorder_point: '24' },
  },
  {
    ...{ sku: 'BOWL-OAT', name: 'Bowl, oat', barcode: '4006381333948', on_hand: '40' },
    ...{ weight_g: 520, length_mm: 180, width_mm: 180, height_mm: 80 },
    ...{ value: usd(900), country_of_origin: 'PT', hs_code: '691200', reorder_point: '20' },
  },
  {
    ...{ sku: 'PLATE-26', name: 'Plate, 26 cm', barcode: '4006381333955', on_hand: '80' },
    ...{ weight_g: 680, length_mm: 260, width_mm: 260, height_mm: 30 },
    ...{ value: usd(1_100), country_of_origin: 'PT', hs_code: '691200', reorder_point: '30' },
  },
  {
    ...{ sku: 'JUG-1L', name: 'Jug, 1 litre', barcode: '4006381333962', on_hand: '12' },
    ...{ weight_g: 940, length_mm: 160, width_mm: 140, height_mm: 240 },
    ...{ value: usd(1_800), country_of_origin: 'PT', hs_code: '691200', reorder_point: '15' },
  },
  {
    ...{ sku: 'TOWEL-LIN', name: 'Tea towel, linen', barcode: '4006381333979', on_hand: '120' },
    ...{ weight_g: 110, length_mm: 250, width_mm: 200, height_mm: 15 },
    ...{ value: usd(480), country_of_origin: 'LT', hs_code: '630291', reorder_point: '40' },
  },
]

export const sample_warehouse: Address = {
  ...{ company_name: 'Sample warehouse', person_name: 'Receiving' },
  ...{ address_line1: '18 Custom House Wharf', city: 'Portland', state_code: 'ME' },
  ...{ postal_code: '04101', country_code: 'US', phone_number: '2075550118' },
}

export const sample_supplier: NewParty = {
  ...{ code: 'OLARIA', name: 'Olaria do Norte', kinds: ['supplier'], currency: 'USD' },
  email: 'orders@olaria.example',
}

const customer = (person_name: string, email: string, address: Address): NewParty => ({
  ...{ name: person_name, kinds: ['customer'], currency: 'USD', email },
  addresses: [{ label: 'Delivery', use: 'both', address: { person_name, ...address } }],
})

export const sample_customers: readonly NewParty[] = [
  customer('Ada Lane', 'ada.lane@example.com', {
    ...{ address_line1: '200 Main Street', city: 'Chicago', state_code: 'IL' },
    ...{ postal_code: '60601', country_code: 'US', phone_number: '3125550100' },
  }),
  customer('Hugo Castillo', 'hugo.castillo@example.com', {
    ...{ address_line1: '14 Pine Lane', city: 'Seattle', state_code: 'WA' },
    ...{ postal_code: '98101', country_code: 'US', phone_number: '2065550142' },
  }),
  customer('Mina Park', 'mina.park@example.com', {
    ...{ address_line1: '77 Harbor View Road', city: 'Boston', state_code: 'MA' },
    ...{ postal_code: '02116', country_code: 'US', phone_number: '6175550177' },
  }),
]

/** Lines of each order; the last one asks for more jugs than there are, so that something waits. */
export const sample_orders: readonly (readonly [sku: string, quantity: number][])[] = [
  [
    ['MUG-BLUE', 4],
    ['TOWEL-LIN', 2],
  ],
  [
    ['PLATE-26', 6],
    ['BOWL-OAT', 6],
  ],
  [['JUG-1L', 20]],
]
