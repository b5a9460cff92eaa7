import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'

interface Page {
  data: Record<string, unknown>[]
}

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
  const { locations } = await shop.done<{ locations: { id: string; type: string }[] }>(
    'POST /v1/locations/defaults',
  )
  const location_id = locations.find(({ type }) => type === 'bin')!.id
  const item = await shop.done('POST /v1/items', { sku: 'TEA', name: 'Tea' })
  await shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id: item.id, location_id, quantity: 10 }],
  })
})
afterAll(() => shop.close())

test('the whole ledger is proven on demand, and the proof is kept', async () => {
  const proof = await shop.done('GET /v1/ledger/proof')
  expect(proof).toMatchObject({ holds: true, through_seq: 1, movements: 1, differences: [] })
  const state = await shop.done<{ head: object; proofs: object[] }>('GET /v1/ledger')
  expect(state.head).toEqual({ seq: 1, hash: proof.head_hash })
  expect(state.proofs).toHaveLength(1)
})

test('postings and accounts are listed, and only to their organization', async () => {
  const { data } = await shop.done<Page>('GET /v1/postings?reason=opening')
  expect(data).toMatchObject([{ seq: 1, reason: 'opening', reverses: null }])
  const accounts = await shop.done<Page>('GET /v1/stock/accounts?kind=opening')
  expect(accounts.data).toMatchObject([{ kind: 'opening', physical: false, floor: null }])
  const id = String(accounts.data[0]!.id)
  expect((await shop.send(`GET /v1/stock/accounts/${id}`)).headers.get('etag')).toBe('"1"')
  const other = await shop.organization('Neighbour')
  expect((await shop.send(`GET /v1/stock/accounts/${id}`, undefined, other)).status).toBe(404)
  for (const list of ['postings', 'stock/accounts', 'stock/periods']) {
    expect((await shop.done<Page>(`GET /v1/${list}`, undefined, other)).data).toEqual([])
  }
})

test('a business adds a reason, renames it, and takes it out of use', async () => {
  const wish = { code: 'tasting', name: 'Tasting', counterpart_kind: 'adjustment' }
  expect((await shop.send('POST /v1/stock/reasons', wish)).status).toBe(201)
  expect((await shop.send('POST /v1/stock/reasons', wish)).status).toBe(409)
  const changed = await shop.done('PATCH /v1/stock/reasons/tasting', { archived: true })
  expect(changed.archived_at).toBe('2026-11-21T09:00:00.000Z')
  expect((await shop.send('PATCH /v1/stock/reasons/sale', { archived: true })).status).toBe(409)
  const { data } = await shop.done<Page>('GET /v1/stock/reasons?limit=100')
  expect(data).toContainEqual({ ...wish, built_in: false, archived_at: changed.archived_at })
})

test('the books are closed once, and the dating policy binds what comes after', async () => {
  const until = '2026-10-31T23:59:59Z'
  const closed = await shop.done('POST /v1/stock/periods', { until })
  expect(closed).toMatchObject({ until: '2026-10-31T23:59:59.000Z', level_count: 0 })
  expect(await shop.done(`GET /v1/stock/periods/${String(closed.id)}`)).toEqual(closed)
  const again = await shop.send('POST /v1/stock/periods', { until })
  expect(again.body).toMatchObject({ status: 409, code: 'period_closed' })
  expect(await shop.done('GET /v1/stock/dating')).toEqual({ backdating_days: 366 })
  await shop.done('PUT /v1/stock/dating', { backdating_days: 31 })
  expect(await shop.done('GET /v1/stock/dating')).toEqual({ backdating_days: 31 })
})
