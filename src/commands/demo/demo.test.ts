import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { startSimulator } from '../../carriers/simulator/simulator.ts'
import { ManualClock } from '../../kit/clock.ts'
import { sales_order_statuses } from '../../orders/schema.ts'
import { openInstallation, type Installation } from '../installation.ts'
import { readSettings } from '../settings.ts'
import { Chance } from './chance.ts'
import { idsOf } from './desk.ts'
import { demoSettings, makeDemo } from './make.ts'
import { seedDemo } from './seed.ts'

const now_ms = Date.parse('2026-11-21T16:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'stowage-demo-'))
const long_ms = 120_000

interface Seeded {
  installation: Installation
  ask<T>(path: string): Promise<T>
}

async function seed(name: string, days: number): Promise<Seeded> {
  const data = join(folder, name)
  const settings = demoSettings(readSettings({ data }, {}).settings, data)
  const clock = new ManualClock(now_ms)
  const simulator = await startSimulator({ clock })
  const installation = await openInstallation(settings, pino({ level: 'silent' }), {
    ...{ onWait: () => undefined, replicate: false, clock, ids: idsOf(clock, new Chance(2)) },
  })
  const token = await seedDemo({
    ...{ installation, clock, simulator, chance: new Chance(1), now_ms, days },
    password: 'four kettles on a shelf',
    receiver_url: 'http://127.0.0.1:9',
    onDay: () => undefined,
  })
  await simulator.stop()
  const headers = { authorization: `Bearer ${token}` }
  const ask = async <T>(path: string): Promise<T> => {
    const request = new Request(`http://localhost${path}`, { headers })
    const answer = await installation.house.app.handle(request)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  return { installation, ask }
}

interface List<T = { status: string }> {
  data: T[]
}

let shop: Seeded

beforeAll(async () => {
  shop = await seed('first', 45)
}, long_ms)
afterAll(async () => {
  await shop.installation.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the past is genuine: every proof holds, and nothing lies in the future', async () => {
  expect(await shop.ask('/v1/ledger/proof')).toMatchObject({ holds: true, difference_count: 0 })
  expect(await shop.ask('/v1/audit/proof')).toMatchObject({ holds: true })
  const latest = '?limit=1&sort=-occurred_at'
  const { data } = await shop.ask<List<{ occurred_at: string }>>(`/v1/postings${latest}`)
  expect(Date.parse(data[0]!.occurred_at)).toBeLessThanOrEqual(now_ms)
})

test('there is work in every state', async () => {
  const statusesOf = async (path: string) => {
    const { data } = await shop.ask<List>(`${path}?limit=100&sort=-created_at`)
    return [...new Set(data.map(({ status }) => status))].sort()
  }
  const orders: string[] = await statusesOf('/v1/sales_orders')
  const closed_after_a_month = ['closed']
  expect(orders).toEqual(
    sales_order_statuses.filter((status) => !closed_after_a_month.includes(status)).sort(),
  )
  expect(await statusesOf('/v1/shipments')).toEqual(
    expect.arrayContaining(['cancelled', 'delivered', 'in_transit', 'purchased', 'rated']),
  )
  expect(await statusesOf('/v1/shipments')).toContain('uncertain')
  expect(await statusesOf('/v1/shipments')).toContain('needs_attention')
  expect(await statusesOf('/v1/returns')).toEqual(
    expect.arrayContaining(['authorized', 'cancelled', 'inspected', 'received']),
  )
  expect(await statusesOf('/v1/counts')).toEqual(['counting', 'posted', 'requested'])
})

test('the same seed makes the same shop', async () => {
  const [one, two] = [await seed('one', 6), await seed('two', 6)]
  const lists = ['/v1/sales_orders?limit=100', '/v1/stock/levels?limit=100', '/v1/events?limit=100']
  for (const path of lists) {
    const { data } = await one.ask<List>(path)
    expect(data.length).toBeGreaterThan(20)
    expect(JSON.stringify((await two.ask<List>(path)).data)).toBe(JSON.stringify(data))
  }
  await one.installation.close()
  await two.installation.close()
}, 60_000)

test('a folder that holds something else is left alone', async () => {
  const data = join(folder, 'taken')
  mkdirSync(data)
  writeFileSync(join(data, 'letter.txt'), 'Dear Mara')
  const settings = demoSettings(readSettings({ data }, {}).settings, data)
  await expect(makeDemo(settings, 1)).rejects.toThrow('is not empty')
  expect(readdirSync(data)).toEqual(['letter.txt'])
})
