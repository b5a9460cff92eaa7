import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

/** How SQLite goes about a statement, without what stands in brackets. */
const plan = (sql: string): string[] =>
  shop.data.tenants
    .open(shop.tenant.id)
    .connection.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all()
    .map((row) => (row as { detail: string }).detail)

test.each([
  ['items', ['sku', 'name'], ['barcode']],
  ['parties', ['code', 'name'], ['email']],
  ['locations', ['code', 'name'], []],
  ['sales_orders', ['number', 'ship_to_name'], ['external_reference']],
  ['purchase_orders', ['number'], ['reference']],
])('a search in %s is answered by an index of each column', (table, begins, is) => {
  const from = `SELECT id FROM ${table} WHERE organization_id = 'org'`
  for (const column of begins) {
    const [first] = plan(`${from} AND ${column} BETWEEN 'a' AND 'b'`)
    expect(first).toMatch(new RegExp(`USING .*INDEX \\S+ \\(organization_id=\\? AND ${column}>`))
  }
  for (const column of is) {
    const [first] = plan(`${from} AND ${column} = 'a'`)
    expect(first).toMatch(new RegExp(`USING .*INDEX \\S+ \\(organization_id=\\? AND ${column}=`))
  }
})

test('a search finds the beginning of a sku or a name, and a whole barcode', async () => {
  await shop.done('POST /v1/items', { sku: 'ROPE-1', name: 'Hemp rope', barcode: '40123455' })
  const found = async (search: string) =>
    (await shop.done<{ data: { sku: string }[] }>(`GET /v1/items?search=${search}`)).data.map(
      ({ sku }) => sku,
    )
  for (const search of ['ROPE', 'Hemp', '40123455']) expect(await found(search)).toEqual(['ROPE-1'])
  for (const search of ['OPE', 'hemp', '4012345']) expect(await found(search)).toEqual([])
})
