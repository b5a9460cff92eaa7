import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import { tablesOf } from '../archives/store-file.ts'
import { openReadOnly } from '../db/driver.ts'
import { systemScope } from '../db/scope.ts'
import { proveWhole } from '../ledger/proof/prove-whole.ts'
import { sortOf } from './anonymise.ts'
import { left_behind_anonymised } from './left-behind.ts'
import type { MadeSibling } from './schema.ts'

let shop: Shop
const canaries = {
  person_name: 'Wilhelmina Canary',
  company_name: 'Canary Feathers',
  email: 'wilhelmina@canary.test',
  phone_number: '+31204445566',
  address_line1: '77 Birdcage Walk',
  address_line2: 'Second perch',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
}
const never = ['Canary', 'canary.test', '204445566', 'Birdcage', 'perch', 'Ada Lane', 'Mara']
let branch: MadeSibling

interface Shown {
  data: Record<string, unknown>[]
}
const list = (what: string, token: string) =>
  shop.done<Shown>(`GET /v1/${what}`, undefined, { token })

const rows = <T>(id: string, sql: string): T[] =>
  shop.data.tenants.at(id).read(systemScope('test'), (read) => read.all<T>(sql))

beforeAll(async () => {
  shop = await Shop.open()
  await liveIn(shop, shop.tenant.token)
  await shop.done('POST /v1/parties', {
    name: canaries.company_name,
    kinds: ['customer'],
    email: canaries.email,
    phone_number: canaries.phone_number,
    addresses: [{ address: canaries }],
  })
  await shop.done('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: canaries,
    note: 'Ring twice for Wilhelmina Canary',
    lines: [{ sku: 'MUG', quantity: 3, unit_price: { amount: 777, currency: 'USD' } }],
  })
  const { email } = canaries
  await shop.done('POST /v1/members', { name: 'Wilhelmina Canary', email, role: 'member' })
  branch = await shop.done<MadeSibling>('POST /v1/branches', { anonymise: true })
}, 60_000)
afterAll(() => shop.close())

test('holds nothing of anybody, in no byte of its file', () => {
  const folder = shop.data.tenants.folderOf(branch.id)
  for (const path of new Bun.Glob('**/*').scanSync(folder)) {
    const bytes = readFileSync(join(folder, path))
    for (const text of never) {
      expect([path, text, bytes.includes(text)]).toEqual([path, text, false])
    }
  }
  // The live file does hold them, so that the search can find something.
  const live = readFileSync(shop.data.tenants.pathOf(shop.tenant.id))
  const wal = readFileSync(`${shop.data.tenants.pathOf(shop.tenant.id)}-wal`)
  expect(Buffer.concat([live, wal]).includes('Birdcage')).toBe(true)
})

test('keeps quantities, items, money and places, and a ledger that proves', async () => {
  const [mine] = (await list('sales_orders', branch.api_token)).data
  expect(mine).toMatchObject({
    ship_to: { city: 'Chicago', postal_code: '60601', email: expect.stringMatching(/invalid$/) },
    note: '(left out)',
  })
  const shown = (id: string, sql: string) => rows(id, sql)
  for (const sql of [
    'SELECT item_id, account_id, on_hand, reserved FROM stock_levels ORDER BY number',
    'SELECT sales_order_id, item_id, quantity, unit_price_amount FROM sales_order_lines',
    'SELECT id, sku, name FROM items ORDER BY id',
    'SELECT id, charge_amount, status FROM shipments ORDER BY id',
  ]) {
    expect(shown(branch.id, sql)).toEqual(shown(shop.tenant.id, sql))
  }
  const report = await proveWhole(shop.data.tenants.open(branch.id))
  expect(report).toMatchObject({ holds: true, through_seq: branch.ledger!.postings })
  expect(report.head_hash).toBe(branch.ledger!.head_hash)
  const live = await proveWhole(shop.data.tenants.open(shop.tenant.id))
  expect(report.head_hash).not.toBe(live.head_hash)
})

test('the same person is the same fake in it, and works', async () => {
  const recipients = rows<{ name: string }>(
    branch.id,
    `SELECT recipient_name AS name FROM shipments UNION SELECT ship_to_name FROM sales_orders`,
  )
  expect(new Set(recipients.map(({ name }) => name)).size).toBe(recipients.length)
  const orders = (await list('sales_orders', branch.api_token)).data as { ship_to: object }[]
  expect(orders.every(({ ship_to }) => !JSON.stringify(ship_to).includes('Ada'))).toBe(true)
  await shop.done('POST /v1/items', { sku: 'N2', name: 'N' }, { token: branch.api_token })
})

test('every text of the schema is known to be plain, or replaced, or left behind', () => {
  const connection = openReadOnly(shop.data.tenants.pathOf(shop.tenant.id))
  const unknown = tablesOf(connection)
    .filter(({ name }) => !left_behind_anonymised.includes(name))
    .flatMap(({ name, columns }) =>
      columns
        .filter(({ type }) => type === 'TEXT')
        .filter((column) => !sortOf(name, column.name) && !isPlain(name, column.name))
        .map((column) => `${name}.${column.name}`),
    )
  connection.close()
  expect(unknown).toEqual([])
})

/** Columns whose name says that they are about things, states and times. */
const plain_names =
  /^id$|_id$|_at$|_on$|_until$|^until$|^hour$|^currency$|_currency$|^(status|state|kind|type|code|sku|scope|mode|level|source|target|reason|tracking|service|sequence|meter|step|fingerprint|tracked|packaging|priority|disposition)$|_(type|kind|policy|unit|origin|reason|code)$|^(role|slug|permissions|barcode|number|time_zone|plan_code)$/
const plain = new Set([
  'carrier_connections.base_url',
  'carrier_connections.config',
  'event_readers.name',
  'items.description',
  'items.name',
  'items.barcode',
  'locations.name',
  'lots.supplier_lot',
  'organizations.name',
  'purchase_order_lines.supplier_sku',
  'roles.name',
  'roles.summary',
  'sales_orders.ship_by',
  'security_settings.allowed_ips',
  'security_settings.two_factor_deadline',
  'set_up_wishes.name',
  'shipments.label_type',
  'shipments.rates',
  'shipments.selected_rate',
  'stock_postings.reverses',
  'stock_reasons.name',
  'receipts.reversed_by',
  'trackers.estimated_delivery',
  // Emptied in every branch.
  'users.password_hash',
])
const isPlain = (table: string, column: string): boolean =>
  plain_names.test(column) || plain.has(`${table}.${column}`)
