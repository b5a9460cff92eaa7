/** The pages of a business's life, for the operator and for the business. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { day_ms } from '../kit/clock.ts'
import type { Requirement } from './requirements/schema.ts'

let shop: Shop
let owner: Browser
let token: string
beforeAll(async () => {
  shop = await Shop.open()
  owner = await Browser.enter(shop)
  token = await shop.operatorToken()
})
afterAll(() => shop.close())

const asOperator = <T>(route: string, body?: unknown) => shop.done<T>(route, body, { token })
const page = '/settings/business'

test('an owner closes his business with its name, sees it above every page, and reopens it', async () => {
  const close = `${page}/close`
  const wrong = await owner.submit(page, { confirm_name: 'Something' }, close)
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('id="field-confirm_name-error"')
  const done = await owner.submit(page, { confirm_name: 'Harbour Goods', grace_days: '5' }, close)
  expect(done).toMatchObject({ status: 303, said: 'Harbour Goods is closing.' })
  expect(await owner.visit('/')).toContain('This business is closing')
  const back = await owner.submit(page, {}, `${page}/reopen`)
  expect(back).toMatchObject({ status: 303, said: 'Harbour Goods goes on.' })
  expect(await owner.visit('/')).not.toContain('This business is closing')
})

test('the business sees what is due, accepts it, and everybody sees what is past due', async () => {
  const path = `POST /v1/platform/tenants/${shop.tenant.id}/requirements`
  const due_at = '2026-11-25T00:00:00.000Z'
  const wish = { code: 'terms_accepted', capabilities: ['shipping'], due_at }
  const { id } = await asOperator<Requirement>(path, wish)
  expect(await owner.visit(page)).toContain('The terms are accepted')
  expect(await owner.visit('/')).not.toContain('class="banner')
  shop.clock.advance(5 * day_ms)
  const waived = { code: 'terms_signed', capabilities: ['webhooks'] }
  const other = await asOperator<Requirement>(path, waived)
  await asOperator(`POST /v1/platform/requirements/${other.id}/waive`, {})
  const home = await owner.visit('/')
  expect(home).toContain('is past due: The terms are accepted')
  expect(home).toContain(`href="${page}"`)
  const member = await Browser.enter(shop, 'member')
  expect(await member.visit('/')).toContain('is past due')
  expect((await member.look(page)).status).toBe(403)
  const done = await owner.submit(page, {}, `${page}/requirements/${id}`)
  expect(done).toMatchObject({ status: 303, location: page, said: 'Done: The terms are accepted.' })
  expect(await owner.visit('/')).not.toContain('class="banner')
})

test('who is no owner does not find the form', async () => {
  const admin = await Browser.enter(shop, 'admin')
  expect(await admin.visit(page)).not.toContain(`action="${page}/close"`)
})

test('the operator asks for something, sees how it stands, and settles it', async () => {
  const ada = await Browser.enterStaff(shop)
  const at = `/platform/tenants/${shop.tenant.id}`
  expect(await ada.visit(`${at}/life`)).toContain('Life of Harbour Goods')
  const nameless = await ada.submit(`${at}/requirements`, {
    known: 'other',
    capabilities: 'shipping',
  })
  expect(nameless.status).toBe(422)
  expect(nameless.html).toContain('id="field-title-error"')
  const nothing = await ada.submit(`${at}/requirements`, { known: 'documents_checked' })
  expect(nothing.status).toBe(422)
  const asked = await ada.submit(`${at}/requirements`, {
    ...{ known: 'other', title: 'Proof of address', due_at: '2026-12-31' },
    capabilities: ['shipping', 'webhooks'],
  })
  expect(asked).toMatchObject({ status: 303, said: 'Required: Proof of address.' })
  const { data } = await asOperator<{ data: Requirement[] }>('GET /v1/platform/requirements')
  const one = data.find(({ title }) => title === 'Proof of address')!
  expect(one).toMatchObject({
    code: 'own_proof_of_address',
    capabilities: ['shipping', 'webhooks'],
    due_at: '2026-12-31T00:00:00.000Z',
  })
  const path = `${at}/requirements/${one.id}`
  const met = await ada.submit(`${at}/requirements`, {}, `${path}/meet`)
  expect(met.said).toBe('Proof of address is met.')
  const again = await ada.submit(`${at}/requirements`, {}, `${path}/reopen`)
  expect(again.said).toBe('Proof of address is required again.')
  expect(await ada.visit(`${at}/life`)).toContain('Proof of address')
})

test('the operator suspends, resumes and erases; the certificate can be read', async () => {
  const ada = await Browser.enterStaff(shop)
  const at = `/platform/tenants/${shop.tenant.id}`
  const life = `${at}/life`
  const suspended = await ada.submit(life, { reason: 'Unpaid.' }, `${at}/suspend`)
  expect(suspended).toMatchObject({ status: 303, location: life })
  expect(await owner.visit('/')).toContain('suspended and can only be read: Unpaid.')
  expect((await ada.submit(life, {}, `${at}/resume`)).said).toBe('Harbour Goods goes on.')
  expect(await ada.visit('/platform/erasures')).toContain('Nothing was erased')
  const wish = { confirm_slug: 'harbor', reason: 'Asked for.' }
  const wrong = await ada.submit(life, wish, `${at}/erase`)
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('id="field-confirm_slug-error"')
  const erased = await ada.submit(life, { ...wish, confirm_slug: 'harbour' }, `${at}/erase`)
  expect(erased).toMatchObject({ status: 303, location: `${at}/certificate` })
  const shown = await ada.visit(`${at}/certificate`)
  expect(shown).toContain('stowage certificate of erasure')
  expect(await ada.visit('/platform/erasures')).toContain(shop.tenant.id)
  expect(await ada.visit(life)).not.toContain('Erase now')
  expect((await owner.look('/')).status).toBe(303)
})

test('support looks and changes nothing', async () => {
  const support = await Browser.enterStaff(shop, 'support')
  const life = await support.visit(`/platform/tenants/${shop.tenant.id}/life`)
  expect(life).not.toContain('<button type="submit" class="button danger"')
})

test('the operator sees what is required of all businesses, and of whom it is past due', async () => {
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test' }
  const quay = await asOperator<{ id: string }>('POST /v1/platform/tenants', wish)
  const about = { capabilities: ['shipping'], met_by: 'operator' }
  const add = (code: string, title: string, due_at?: string) =>
    asOperator(`POST /v1/platform/tenants/${quay.id}/requirements`, {
      ...{ ...about, code, title, ...(due_at && { due_at }) },
    })
  const day = (days: number) => new Date(shop.clock.now() + days * day_ms).toISOString()
  await add('papers_seen', 'Papers <b onclick=x>', day(1))
  await add('call_held', 'A call', day(30))
  await add('some_day', 'Some day')
  shop.clock.advance(2 * day_ms)
  const titles = async (query: string) =>
    (
      await asOperator<{ data: Requirement[] }>(`GET /v1/platform/requirements?${query}`)
    ).data.flatMap(({ tenant_name, title }) => (tenant_name === 'Quay Goods' ? [title] : []))
  expect(await titles('due=past_due')).toEqual(['Papers <b onclick=x>'])
  expect(await titles('due=currently_due')).toEqual(['A call'])
  expect(await titles('due=eventually_due')).toEqual(['Some day'])
  expect(await titles('code=call_held')).toEqual(['A call'])
  const ada = await Browser.enterStaff(shop)
  const html = await ada.visit('/platform/requirements?due=past_due')
  expect(html).toContain('Quay Goods')
  expect(html).toContain('Its time is over')
  expect(html).not.toContain('A call')
  expect(misdeeds(html, '<b onclick=x>')).toEqual([])
  expect(await ada.visit('/platform/requirements?code=nothing')).toContain('Nothing like this')
})
