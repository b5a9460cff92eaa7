import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { day_ms, hour_ms } from '../kit/clock.ts'
import type { AddedMember } from './schema.ts'
import { mailedPaths, Stranger } from './testing/stranger.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'

async function member(email: string): Promise<Stranger> {
  const wish = { email, name: 'Mara', role: 'member' }
  const { setup_path } = await shop.done<AddedMember>('POST /v1/members', wish)
  const browser = new Stranger(shop)
  await browser.submit(setup_path!, { password, password_again: password })
  return browser
}
const enter = (browser: Stranger, email: string, typed = password) =>
  browser.submit('/sign-in', { email, password: typed })
const leave = (browser: Stranger) => browser.click('/sign-out', '/sign-out')
/** Somebody who guesses until the door is closed. */
async function besiege(email: string): Promise<void> {
  const stranger = new Stranger(shop)
  for (let turn = 0; turn < 10; turn++) await enter(stranger, email, `guess ${turn}`)
  expect((await enter(stranger, email)).status).toBe(429)
}

test('strangers who guess lock out strangers, and not the person in a browser that is known', async () => {
  const mara = await member('mara@known.test')
  await leave(mara)
  await besiege('mara@known.test')
  expect((await enter(mara, 'mara@known.test')).status).toBe(303)
  await leave(mara)
  // It is known for her alone: with another's address it is a stranger's.
  await member('pim@known.test')
  await besiege('pim@known.test')
  expect((await enter(mara, 'pim@known.test')).status).toBe(429)
}, 20_000)

test('a known browser does not guess for ever either', async () => {
  shop.clock.advance(hour_ms)
  const mara = await member('own@known.test')
  await leave(mara)
  for (let turn = 0; turn < 10; turn++) await enter(mara, 'own@known.test', `guess ${turn}`)
  expect((await enter(mara, 'own@known.test')).status).toBe(429)
}, 20_000)

test('the mailbox opens a new place, whoever guesses', async () => {
  shop.clock.advance(hour_ms)
  const old = await member('new@known.test')
  await leave(old)
  await besiege('new@known.test')
  const fresh = new Stranger(shop)
  await fresh.submit('/forgot', { email: 'new@known.test' })
  const link = mailedPaths(shop.data.tenants.open(shop.tenant.id), 'password_reset').at(-1)!
  const next = 'six gulls beside it'
  await fresh.submit(link, { password: next, password_again: next })
  expect((await enter(fresh, 'new@known.test', next)).status).toBe(303)
  // What was trusted before the reset is not any more.
  expect((await enter(old, 'new@known.test', next)).status).toBe(429)
}, 20_000)

test('a browser is forgotten after half a year without a visit', async () => {
  shop.clock.advance(hour_ms)
  const mara = await member('long@known.test')
  await leave(mara)
  shop.clock.advance(181 * day_ms)
  await besiege('long@known.test')
  expect((await enter(mara, 'long@known.test')).status).toBe(429)
}, 20_000)
