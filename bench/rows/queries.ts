/** The queries on the way of requests, with a short history and with a long one. */
import { drive, requestText, type Asked } from '../load/drive.ts'
import { inMs, type Bench, type Finding, type Row } from '../row.ts'
import { startOurs } from '../servers/start.ts'
import { onStage, stageShop, type StagedShop } from '../stage/shop.ts'
import { stageBins, stageMovements, type Bin } from '../stage/movements.ts'

interface Timed {
  p50_ms: number
  p99_ms: number
}

export const queries: Row = async (bench) => {
  const { folder, size, say } = bench
  const { few, many } = size.movements
  const shop = await onStage(folder, (data) => stageShop(data, 'Queries', size.items))
  const bins = await onStage(folder, async (data) => {
    const bins = await stageBins(data, shop)
    await stageMovements(data, shop, bins, few)
    return bins
  })
  const before = await ask(bench, shop, bins)
  const began_ms = performance.now()
  await onStage(folder, (data) => stageMovements(data, shop, bins, many - few))
  const rate = (many - few) / ((performance.now() - began_ms) / 1_000)
  say(`queries: ${many} movements are there, ${Math.round(rate)}/s`)
  const after = await ask(bench, shop, bins)
  for (const [name, timed] of after) {
    say(
      `  ${name}: p99 ${inMs(timed.p99_ms)}, median ${inMs(timed.p50_ms)}, ` +
        `with ${few} movements ${inMs(before.get(name)!.p50_ms)}`,
    )
  }
  return [slowest(size, after), steepest(size, before, after)]
}

async function ask({ folder, size }: Bench, shop: StagedShop, bins: readonly Bin[]) {
  const server = await startOurs({ data: `${folder}/data` })
  try {
    const plan = { port: server.port, connections: 1, duration_ms: 60_000 }
    const asked = questions(shop, bins)
    const token = shop.tenant.token
    // Once each first: statements are prepared when they are first needed.
    const timed = new Map<string, Timed>()
    for (const most_requests of [2, size.samples]) {
      for (const [name, question] of asked) {
        const requests = [requestText({ ...question, token })]
        const expected =
          question.method === 'POST' && question.path !== '/v1/stock/lookup' ? 201 : 200
        timed.set(name, await drive({ ...plan, most_requests, requests }, expected))
      }
    }
    return timed
  } finally {
    await server.stop()
  }
}

/** All about the item and the bin with the longest history. */
function questions({ item_ids, bin_id }: StagedShop, bins: readonly Bin[]): [string, Asked][] {
  const item_id = item_ids[0]!
  const { id: location_id } = bins[0]!
  const lines = [{ item_id, location_id, quantity: '1' }]
  const skus = item_ids
    .slice(0, 1_000)
    .map((_, number) => `ITEM-${String(number).padStart(6, '0')}`)
  const get = (path: string): Asked => ({ method: 'GET', path })
  const post = (path: string, body: unknown): Asked => ({ method: 'POST', path, body })
  return [
    ['items', get('/v1/items?limit=100')],
    ['items by search', get('/v1/items?search=ITEM-0000&limit=100')],
    ['one level', get(`/v1/items/${item_id}/levels/${bin_id}`)],
    ['levels', get('/v1/stock/levels?limit=100')],
    ['levels of an item', get(`/v1/stock/levels?item_id=${item_id}&limit=100`)],
    ['levels of a bin', get(`/v1/stock/levels?location_id=${location_id}&limit=100`)],
    ['availability', get(`/v1/items/${item_id}/availability`)],
    ['lookup', get('/v1/stock/lookup?code=ITEM-000000')],
    ['lookup of 1,000 skus', post('/v1/stock/lookup', { skus })],
    ['movements of an item', get(`/v1/items/${item_id}/movements?limit=100`)],
    ['history of an item', get(`/v1/items/${item_id}/history`)],
    ['postings', get('/v1/postings?limit=100')],
    ['events', get('/v1/events?limit=100')],
    ['audit', get('/v1/audit?limit=100')],
    ['adjust', post('/v1/stock/adjustments', { reason: 'found', lines })],
    ['move', post('/v1/stock/moves', { lines: [move(item_id, location_id, bins[1]!.id)] })],
  ]
}

const move = (item_id: string, from_location_id: string, to_location_id: string) => ({
  item_id,
  from_location_id,
  to_location_id,
  quantity: '1',
})

function slowest({ items, movements }: Bench['size'], after: Map<string, Timed>): Finding {
  const [name, { p99_ms }] = [...after].sort(([, a], [, b]) => b.p99_ms - a.p99_ms)[0]!
  return {
    what: `slowest of ${after.size} requests at ${items} items, ${movements.many} movements: p99`,
    measured: `${inMs(p99_ms)} (${name})`,
    hold: '< 50 ms p99',
    met: p99_ms < 50,
    numbers: [p99_ms],
  }
}

/** A request that takes a fraction of a millisecond either way says nothing about growth. */
const least_ms = 1

function steepest(
  { movements }: Bench['size'],
  before: Map<string, Timed>,
  after: Map<string, Timed>,
): Finding {
  const growth = [...after].map(([name, { p50_ms }]) => {
    const earlier_ms = before.get(name)!.p50_ms
    const ratio = Math.max(p50_ms, least_ms) / Math.max(earlier_ms, least_ms)
    return { name, earlier_ms, p50_ms, ratio }
  })
  const { name, earlier_ms, p50_ms, ratio } = growth.sort((a, b) => b.ratio - a.ratio)[0]!
  return {
    what: `the request that grew most from ${movements.few} to ${movements.many} movements`,
    measured: `${name}: median ${inMs(earlier_ms)}, then ${inMs(p50_ms)}`,
    ratio: ratio.toFixed(2),
    hold: 'flat: ≤ 2',
    met: ratio <= 2,
    numbers: [ratio],
  }
}
