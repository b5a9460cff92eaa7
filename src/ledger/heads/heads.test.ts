import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createPublicKey, verify } from 'node:crypto'
import { Shop } from '../../../tests/shop.ts'
import type { SiteSet } from '../../locations/schema.ts'
import { checkHeads } from './check.ts'
import { keepHead } from './keep.ts'

let shop: Shop
let bin: string
let item_id: string
const master_key = () => shop.house.door.services.master_key

beforeAll(async () => {
  shop = await Shop.open()
  const { locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = locations.find(({ type }) => type === 'bin')!.id
  item_id = (await shop.done<{ id: string }>('POST /v1/items', { sku: 'A', name: 'A' })).id
})
afterAll(() => shop.close())

const post = () =>
  shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id, location_id: bin, quantity: 1 }],
  })
const keep = () => keepHead(shop.data, master_key(), shop.tenant.id)
const check = () => checkHeads(shop.data, master_key(), shop.tenant.id)

test('a head is signed once for what is new, told, and can be checked with the public key', async () => {
  expect(await keep()).toBeFalse()
  await post()
  expect(await keep()).toBeTrue()
  expect(await keep()).toBeFalse()
  expect(shop.events().at(-1)).toBe('ledger.head_signed')
  await post()
  await keep()
  const token = await shop.operatorToken()
  const path = `GET /v1/platform/tenants/${shop.tenant.id}/ledger_heads`
  const { data } = await shop.done<{ data: Record<string, string>[] }>(path, undefined, { token })
  expect(data.map(({ seq }) => Number(seq))).toEqual([2, 1])
  const { tenant_id, seq, hash, signed_at, signature } = data[0]!
  const statement = `stowage ledger head\n${tenant_id}\n${seq} ${hash}\n${signed_at}\n`
  const { public_key } = await shop.done<{ public_key: string }>(
    'GET /v1/platform/ledger_key',
    undefined,
    { token },
  )
  const key = createPublicKey(public_key)
  expect(verify(null, Buffer.from(statement), key, Buffer.from(signature!, 'hex'))).toBeTrue()
  expect(check()).toEqual({ checked: 2, broken: undefined })
})

test('a ledger that was rewritten agrees with itself, but not with its signed head', async () => {
  await post()
  await keep()
  const { connection } = shop.data.tenants.open(shop.tenant.id)
  const triggers = connection
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = 'stock_postings'`,
    )
    .all() as { name: string; sql: string }[]
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`)
  const { hash } = connection.prepare('SELECT hash FROM stock_postings WHERE seq = 3').get() as {
    hash: Buffer
  }
  const change = connection.prepare('UPDATE stock_postings SET hash = ? WHERE seq = 3')
  change.run(Buffer.alloc(32, 1))
  expect(check().broken).toEqual({
    seq: 3,
    reason: 'The ledger was rewritten since it was signed.',
  })
  change.run(hash)
  for (const { sql } of triggers) connection.exec(sql)
  expect(check().broken).toBeUndefined()
})

test('a head that somebody else signed is not ours', async () => {
  const other = new Uint8Array(32).fill(9)
  expect(checkHeads(shop.data, other, shop.tenant.id).broken?.reason).toBe(
    'Its signature is not ours.',
  )
})
