import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Location } from './schema.ts'

let shop: Shop
let mara: Browser

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const all = async () => (await shop.done<{ data: Location[] }>('GET /v1/locations?limit=100')).data
const find = async (code: string) => (await all()).find((each) => each.code === code)!

test('without a site the page offers the default one; it is made with a click', async () => {
  const viewer = await Browser.enter(shop, 'viewer')
  expect(await viewer.visit('/locations')).not.toContain('/locations/defaults')
  const made = await mara.submit('/locations', {}, '/locations/defaults')
  expect([made.status, made.location]).toEqual([303, '/locations'])
  const html = await mara.visit('/locations')
  expect(html).toContain('MAIN-DOCK')
  expect(misdeeds(html)).toEqual([])
  expect(await viewer.visit('/locations')).not.toContain('/locations/new')
})

test('a place is added inside another; a code that is taken is refused with what was typed', async () => {
  const main = await find('MAIN')
  const zone = { type: 'zone', code: 'COLD', name: 'Cold <i onload=x>', parent_id: main.id }
  const added = await mara.submit('/locations/new', zone)
  const { id } = await find('COLD')
  expect([added.status, added.location]).toEqual([303, `/locations/${id}`])
  const bin = { type: 'bin', code: 'C-01', parent_id: id }
  expect((await mara.submit(`/locations/new?parent_id=${id}`, bin, '/locations/new')).status).toBe(
    303,
  )
  const taken = await mara.submit('/locations/new', { ...bin, name: 'Twice' })
  expect(taken.status).toBe(409)
  expect(taken.html).toContain('value="Twice"')
  const odd = await mara.submit('/locations/new', { ...bin, code: 'no spaces' })
  expect([odd.status, odd.html.includes('value="no spaces"')]).toEqual([422, true])
  const html = await mara.visit('/locations')
  expect(html).toMatch(/class="depth-2"[^]*C-01/)
  expect(html).toContain('Cold &lt;i onload=x&gt;')
  expect(misdeeds(html, '<i onload=x>')).toEqual([])
  expect(await mara.visit('/locations?search=C-0')).toContain('C-01')
  expect(await mara.visit('/locations?search=XYZ')).toContain('Nothing fits these filters')
})

test('a site has an address; changing it keeps, changes and empties', async () => {
  const typed = { type: 'site', code: 'NORTH', 'address.city': 'Porto' }
  const half = await mara.submit('/locations/new?type=site', typed, '/locations/new')
  expect(half.status).toBe(422)
  expect(half.html).toMatch(/id="field-address-country_code"[^>]*aria-invalid="true"/)
  const whole = { ...typed, 'address.country_code': 'PT' }
  expect((await mara.submit('/locations/new?type=site', whole, '/locations/new')).status).toBe(303)
  const north = await find('NORTH')
  expect(north.address).toEqual({ city: 'Porto', country_code: 'PT' })
  const path = `/locations/${north.id}/edit`
  const kept = { name: 'North shop', is_default: 'true', 'address.country_code': '' }
  expect((await mara.submit(path, kept)).location).toBe(`/locations/${north.id}`)
  const changed = await find('NORTH')
  expect([changed.name, changed.is_default, changed.address]).toEqual(['North shop', true, null])
  expect(changed.receiving_id).toBe(north.receiving_id)
})

test('boxes say what a place is for; an unticked one is off', async () => {
  const { id } = await find('C-01')
  const path = `/locations/${id}/edit`
  expect(misdeeds(await mara.visit(path))).toEqual([])
  expect((await mara.submit(path, { name: 'First', receivable: 'true' })).status).toBe(303)
  const bin = await find('C-01')
  expect([bin.pickable, bin.receivable, bin.on_hold]).toEqual([false, true, false])
  const nameless = await mara.submit(path, { name: ' ', receivable: 'true' })
  expect(nameless.status).toBe(422)
  expect(nameless.html).toMatch(/id="field-receivable"[^>]*checked/)
})

test('an empty place is archived and brought back', async () => {
  const { id } = await find('C-01')
  const path = `/locations/${id}`
  expect((await mara.submit(path, {}, `${path}/archive`)).said).toContain('archived')
  expect(await mara.visit('/locations?archived=true&search=C-0')).toContain('Archived')
  expect((await mara.submit(path, {}, `${path}/restore`)).said).toContain('back in use')
})
