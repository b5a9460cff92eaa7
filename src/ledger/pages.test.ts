import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'

interface Made {
  id: string
  locations: { id: string; type: string }[]
}

let shop: Shop
let mara: Browser
let viewer: Browser

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
  viewer = await Browser.enter(shop, 'viewer')
})
afterAll(() => shop.close())

test('before anything has moved the page says what will be proven', async () => {
  expect(await mara.visit('/ledger')).toContain('Nothing has moved yet')
  expect(await mara.visit('/ledger/proof')).toContain('Not proven yet')
})

test('it is proven with a click, and the report is shown', async () => {
  const { locations } = await shop.done<Made>('POST /v1/locations/defaults')
  const location_id = locations.find(({ type }) => type === 'bin')!.id
  const item = await shop.done<Made>('POST /v1/items', { sku: 'MUG', name: 'Mug' })
  const lines = [{ item_id: item.id, location_id, quantity: 7 }]
  const note = 'Found <b onclick=x>'
  const posting = await shop.done<Made>('POST /v1/stock/adjustments', {
    reason: 'found',
    note,
    lines,
  })
  const done = await mara.submit('/ledger', {}, '/ledger/proof')
  expect([done.status, done.location]).toEqual([303, '/ledger/proof'])
  const report = await mara.visit('/ledger/proof')
  expect(report).toContain('It holds')
  expect(report).toMatch(/Movements replayed<\/div><div class="stat-value">1</)
  const ledger = await mara.visit('/ledger')
  expect(ledger).toContain('Found &lt;b onclick=x&gt;')
  expect(ledger).toContain(`/stock/postings/${posting.id}`)
  for (const html of [report, ledger]) expect(misdeeds(html)).toEqual([])
})

test('whoever does not lead the business sees postings, and proves nothing', async () => {
  const html = await viewer.visit('/ledger')
  expect(html).toContain('owners and admins')
  expect(html).not.toContain('action="/ledger/proof"')
  expect((await viewer.look('/ledger/proof')).status).toBe(403)
  expect(await viewer.visit('/ledger/reasons')).not.toContain('<form method="post" action="/ledger')
  expect(await viewer.visit('/ledger/periods')).not.toContain('Close the books')
})

test('a proof from a form of another site is refused', async () => {
  const forged = await mara.submit('/ledger', { csrf_token: 'forged' }, '/ledger/proof')
  expect(forged.status).toBe(403)
})

test('postings are filtered by reason', async () => {
  expect(await mara.visit('/ledger/postings?reason=found')).toContain('Found')
  const none = await mara.visit('/ledger/postings?reason=theft')
  expect(none).toContain('Nothing fits these filters')
  expect(misdeeds(none)).toEqual([])
})

test('a reason is added, taken out of use, and used again', async () => {
  const typed = { code: 'tasting', name: 'Tasting', counterpart_kind: 'adjustment' }
  const wrong = await mara.submit('/ledger/reasons', { ...typed, code: 'Tasting!' })
  expect([wrong.status, wrong.html.includes('value="Tasting!"')]).toEqual([422, true])
  expect((await mara.submit('/ledger/reasons', typed)).said).toContain('can be chosen')
  const twice = await mara.submit('/ledger/reasons', typed)
  expect(twice.status).toBe(409)
  expect(await mara.visit('/stock/adjust')).toContain('Tasting')
  const one = '/ledger/reasons/tasting'
  expect((await mara.submit('/ledger/reasons', { archived: 'true' }, one)).status).toBe(303)
  expect(await mara.visit('/stock/adjust')).not.toContain('Tasting')
  expect((await mara.submit('/ledger/reasons', { archived: 'false' }, one)).status).toBe(303)
  expect(await mara.visit('/stock/adjust')).toContain('Tasting')
})

test('the books are closed until the end of a day that is over', async () => {
  const early = await mara.submit('/ledger/periods', { until: '2026-12-31' })
  expect([early.status, early.html.includes('value="2026-12-31"')]).toEqual([422, true])
  const done = await mara.submit('/ledger/periods', { until: '2026-10-31' })
  expect([done.status, done.location]).toEqual([303, '/ledger/periods'])
  const html = await mara.visit('/ledger/periods')
  expect(html).toContain('31 Oct 2026')
  expect(misdeeds(html)).toEqual([])
  const again = await mara.submit('/ledger/periods', { until: '2026-10-01' })
  expect(again.status).toBe(409)
})

test('how far back postings may be dated is chosen', async () => {
  const path = '/ledger/dating'
  const done = await mara.submit('/ledger/periods', { backdating_days: '31' }, path)
  expect(done.said).toContain('31 days')
  const wrong = await mara.submit('/ledger/periods', { backdating_days: '-1' }, path)
  expect([wrong.status, wrong.html.includes('value="-1"')]).toEqual([422, true])
})
