import { expect, test } from 'bun:test'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { Shop } from '../../tests/shop.ts'
import { Peer } from './testing/hooks.ts'

const program = join(import.meta.dir, 'testing/process.ts')

async function received(peer: Peer, count: number): Promise<void> {
  for (let tries = 0; tries < 800 && peer.received.length < count; tries += 1) await Bun.sleep(10)
}

test('a killed process leaves nothing unsent: the next one sends what was on its way', async () => {
  const peer = new Peer(() => new Promise<Response>(() => {}))
  const shop = await Shop.open()
  await shop.done('POST /v1/webhook_endpoints', { url: peer.url, types: ['item.*'] })
  for (const sku of ['A', 'B', 'C']) await shop.done('POST /v1/items', { sku, name: sku })
  await shop.house.close()
  const start = () =>
    Bun.spawn([process.execPath, program, shop.folder], { stdout: 'ignore', stderr: 'inherit' })
  const first = start()
  try {
    await received(peer, 3)
    expect(peer.received).toHaveLength(3)
  } finally {
    first.kill('SIGKILL')
    await first.exited
  }
  peer.answering = () => new Response('')
  const second = start()
  try {
    await received(peer, 6)
  } finally {
    second.kill('SIGKILL')
    await second.exited
    await peer.stop()
    rmSync(shop.folder, { recursive: true, force: true })
  }
  const ids = peer.received.map(({ headers }) => headers['webhook-id']!)
  expect(ids).toHaveLength(6)
  expect(ids.slice(3).sort()).toEqual(ids.slice(0, 3).sort())
}, 20_000)
