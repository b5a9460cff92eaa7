import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Party } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const kiln = {
  name: 'Kiln & Co',
  kinds: ['supplier'],
  code: 'KILN',
  email: 'orders@kiln.test',
  addresses: [
    {
      use: 'shipping',
      address: { address_line1: 'Ovenstraße 3', city: 'Selb', country_code: 'DE' },
    },
  ],
  contacts: [{ person_name: 'Ute Ofen', role: 'Sales' }],
  tax_ids: [{ type: 'vat', number: 'DE123456789' }],
}

test('a supplier is added, read, changed and archived, and each step is told', async () => {
  const created = await shop.send<Party>('POST /v1/parties', kiln)
  expect(created.status).toBe(201)
  expect(created.body).toMatchObject(kiln)
  const { id } = created.body
  const change = { kinds: ['supplier', 'customer'], phone_number: '+49 9287 1' }
  const changed = await shop.send<Party>(`PATCH /v1/parties/${id}`, change, { etag: '"1"' })
  expect(changed.body).toMatchObject({ ...kiln, ...change, version: 2 })
  const archived = await shop.done<Party>(`POST /v1/parties/${id}/archive`)
  expect(archived.archived_at).not.toBeNull()
  expect(shop.events()).toEqual(['party.created', 'party.updated', 'party.updated'])
})

test('a code is taken once, and one is given when none is named', async () => {
  const taken = await shop.send('POST /v1/parties', kiln)
  expect([taken.status, taken.body.code]).toEqual([409, 'duplicate_party'])
  const named = await shop.done<Party>('POST /v1/parties', { name: 'Jo', kinds: ['customer'] })
  expect(named.code).toMatch(/^[0-9A-Z]{10}$/)
})

test('parties are found by kind and by the beginning of a name, a code, or an e-mail', async () => {
  const find = async (query: string) => {
    const page = await shop.done<{ data: Party[] }>(`GET /v1/parties?${query}`)
    return page.data.map(({ name }) => name)
  }
  expect(await find('kind=customer')).toEqual(['Jo', 'Kiln & Co'])
  expect(await find('kind=supplier&archived=false')).toEqual([])
  for (const search of ['Kiln', 'KIL', 'orders@kiln.test']) {
    expect(await find(`search=${encodeURIComponent(search)}`)).toEqual(['Kiln & Co'])
  }
})

test('a party without a kind, or with an address that is none, is refused by pointer', async () => {
  const answer = await shop.send('POST /v1/parties', {
    name: 'Nobody',
    kinds: [],
    addresses: [{ address: { street: 'x', country_code: 'Germany' } }],
  })
  expect(answer.status).toBe(422)
  const pointers = (answer.body.errors as { pointer: string }[]).map(({ pointer }) => pointer)
  expect(pointers).toContain('/kinds')
  expect(pointers).toContain('/addresses/0/address/street')
})
