import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Party } from './schema.ts'

const hostile = '<b onclick=x>'

let shop: Shop
let mara: Browser
let kiln: string

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const get = () => shop.done<Party>(`GET /v1/parties/${kiln}`)

const typed = {
  name: `Kiln ${hostile}`,
  code: 'KILN',
  kinds: ['supplier'],
  email: 'orders@kiln.test',
  currency: 'eur',
  'addresses.0.label': 'Factory',
  'addresses.0.use': 'both',
  'addresses.0.address.city': 'Hamburg',
  'addresses.0.address.country_code': 'DE',
  'contacts.0.person_name': 'Uwe',
  'tax_ids.0.type': 'vat',
  'tax_ids.0.number': 'DE123',
}

test('the two lists teach, each in its own words', async () => {
  expect(await mara.visit('/suppliers')).toContain('Add the first supplier')
  expect(await mara.visit('/customers')).toContain('Add the first customer')
  const viewer = await Browser.enter(shop, 'viewer')
  expect(await viewer.visit('/suppliers')).not.toContain('/suppliers/new')
})

test('a supplier is added with all that is known; a refusal keeps what was typed', async () => {
  const wrong = { ...typed, 'addresses.0.address.country_code': 'Germany' }
  const refused = await mara.submit('/suppliers/new', wrong)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('value="Germany"')
  expect(refused.html).toMatch(
    /id="field-addresses-0-address-country_code"[^>]*aria-invalid="true"/,
  )
  expect(refused.html).toMatch(/value="supplier" checked/)
  const added = await mara.submit('/suppliers/new', typed)
  expect(added.status).toBe(303)
  kiln = added.location!.split('/').at(-1)!
  const party = await get()
  expect(party.kinds).toEqual(['supplier'])
  expect(party.currency).toBe('EUR')
  const address = { city: 'Hamburg', country_code: 'DE' }
  expect(party.addresses).toEqual([{ label: 'Factory', use: 'both', address }])
  expect(party.contacts).toEqual([{ person_name: 'Uwe' }])
  expect(party.tax_ids).toEqual([{ type: 'vat', number: 'DE123' }])
  expect((await mara.submit('/customers/new', { ...typed, kinds: ['customer'] })).status).toBe(409)
})

test('they are found in their list, by name, and shown', async () => {
  for (const path of ['/suppliers', '/suppliers?search=Kiln', `/parties/${kiln}`]) {
    const html = await mara.visit(path)
    expect(html).toContain('Kiln &lt;b onclick=x&gt;')
    expect(misdeeds(html, hostile)).toEqual([])
  }
  expect(await mara.visit('/customers')).not.toContain('orders@kiln.test')
  expect(await mara.visit('/suppliers?search=Nobody')).toContain('Nothing fits these filters')
})

test('changing them: emptied is empty, one more address, and both kinds', async () => {
  const path = `/parties/${kiln}/edit`
  expect(misdeeds(await mara.visit(path), hostile)).toEqual([])
  const { code, ...rest } = typed
  const change = {
    ...rest,
    kinds: ['supplier', 'customer'],
    email: '',
    'contacts.0.person_name': '',
    'addresses.1.address.country_code': 'PT',
  }
  const refused = await mara.submit(path, { ...change, kinds: [] })
  expect(refused.status).toBe(422)
  expect((await mara.submit(path, change)).location).toBe(`/parties/${kiln}`)
  const party = await get()
  expect([party.email, party.contacts, party.code]).toEqual([null, [], code])
  expect(party.addresses.map(({ address }) => address.country_code)).toEqual(['DE', 'PT'])
  expect(await mara.visit('/customers')).toContain(`/parties/${kiln}`)
  expect((await mara.submit(path, { ...change, version: '1' })).status).toBe(412)
})

test('archived, they leave the lists, and come back', async () => {
  const path = `/parties/${kiln}`
  expect((await mara.submit(path, {}, `${path}/archive`)).location).toBe(path)
  expect(await mara.visit('/suppliers')).not.toContain(path)
  expect(await mara.visit('/suppliers?archived=true')).toContain(path)
  expect((await mara.submit(path, {}, `${path}/restore`)).status).toBe(303)
})
