import { afterEach, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../tests/shop.ts'
import { systemScope } from './db/scope.ts'
import { listSchedules } from './schedule/read.ts'
import { Peer } from './webhooks/testing/hooks.ts'
import { startWorkers } from './workers.ts'

let peer: Peer | undefined
let shop: Shop | undefined
afterEach(async () => {
  await peer?.stop()
  await shop?.close()
})

test('what was left in a closed file is found at the start; stopping leaves nothing behind', async () => {
  shop = await Shop.open()
  peer = new Peer()
  await shop.done('POST /v1/webhook_endpoints', { url: peer.url, types: ['item.*'] })
  await shop.done('POST /v1/items', { sku: 'MUG', name: 'Mug' })
  await shop.data.tenants.close(shop.tenant.id)
  expect(shop.data.tenants.open_count).toBe(0)

  const { data, house } = shop
  const log = pino({ level: 'silent' })
  const workers = await startWorkers({ data, services: house.door.services, log })
  for (let tries = 0; tries < 800 && peer.received.length === 0; tries += 1) await Bun.sleep(5)
  expect(peer.types()).toEqual(['item.created'])
  await workers.stop()
  await shop.done('POST /v1/items', { sku: 'CUP', name: 'Cup' })
  await Bun.sleep(30)
  expect(peer.received).toHaveLength(1)
  const { data: known } = data.platform.read(systemScope('test'), (read) => listSchedules(read, {}))
  expect(known.map(({ name }) => name)).toContain('forget_idempotency_keys')
})
