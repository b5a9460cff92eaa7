import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../../tests/shop.ts'
import { hour_ms } from '../../kit/clock.ts'
import { mailedPaths, Stranger } from '../testing/stranger.ts'
import type { AddedMember } from '../schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'
const newer = 'six gulls beside it'
const links = () => mailedPaths(shop.data.tenants.open(shop.tenant.id), 'password_reset')

/** A member with a password, signed in. */
async function member(email: string): Promise<Stranger> {
  const wish = { email, name: 'Mara', role: 'owner' }
  const { setup_path } = await shop.done<AddedMember>('POST /v1/members', wish)
  const stranger = new Stranger(shop)
  await stranger.submit(setup_path!, { password, password_again: password })
  return stranger
}
const ask = (email: string) => new Stranger(shop).submit('/forgot', { email })
const use = (link: string, typed = newer) =>
  new Stranger(shop).submit(link, { password: typed, password_again: typed })
const enter = async (email: string, typed: string) => {
  const stranger = new Stranger(shop)
  await stranger.submit('/sign-in', { email, password: typed })
  return stranger.isSignedIn
}

test('a link comes by mail, sets a password once, and signs out everywhere', async () => {
  const mara = await member('mara@reset.test')
  expect((await mara.look('/account')).status).toBe(200)
  expect((await ask(' MARA@reset.test ')).location).toBe('/forgot/sent')
  const link = links().at(-1)!
  expect((await new Stranger(shop).look(link)).html).toContain('mara@reset.test')
  expect((await use(link, 'password1234')).status).toBe(422)
  expect((await use(link)).location).toBe('/sign-in')
  expect((await use(link)).status).toBe(410)
  expect((await mara.look('/account')).location).toStartWith('/sign-in')
  expect([await enter('mara@reset.test', password), await enter('mara@reset.test', newer)]).toEqual(
    [false, true],
  )
})

test('of two who use one link at once, one gets through', async () => {
  await member('pair@reset.test')
  await ask('pair@reset.test')
  const link = links().at(-1)!
  const both = await Promise.all([use(link, newer), use(link, 'nine gulls above it')])
  expect(both.map(({ status }) => status).sort()).toEqual([303, 410])
})

test('a link is good for an hour, and none outlives a change of the password', async () => {
  await member('late@reset.test')
  await ask('late@reset.test')
  await ask('late@reset.test')
  const [first, second] = links().slice(-2) as [string, string]
  await use(first)
  expect((await use(second)).status).toBe(410)
  await ask('late@reset.test')
  const third = links().at(-1)!
  shop.clock.advance(hour_ms)
  expect((await use(third)).status).toBe(410)
})

test('whether an account exists is not told, and nobody’s mailbox is filled', async () => {
  await member('quiet@reset.test')
  const known = await ask('quiet@reset.test')
  const unknown = await ask('nobody@reset.test')
  expect([unknown.status, unknown.location, unknown.html]).toEqual([
    known.status,
    known.location,
    known.html,
  ])
  const before = links().length
  for (let turn = 0; turn < 5; turn++) await ask('quiet@reset.test')
  expect(links().length - before).toBe(2)
})

test('each question reaches the disk, whether or not somebody has the address', async () => {
  const file = shop.data.tenants.at(shop.tenant.id)
  const changes = async (email: string) => {
    shop.clock.advance(1_000)
    const count = () =>
      file.read(shop.scope, (read) =>
        read.all<object>('SELECT * FROM sign_in_attempts ORDER BY email_hash'),
      )
    const before = JSON.stringify(count())
    await ask(email)
    return JSON.stringify(count()) !== before
  }
  const asked = ['quiet@reset.test', 'quiet@reset.test', 'nobody@reset.test', 'nobody@reset.test']
  for (const email of asked) expect([email, await changes(email)]).toEqual([email, true])
})

test('who guesses at addresses from one place is told to wait', async () => {
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, turn) => ask(`guess-${turn}@reset.test`)),
  )
  expect(answers.some(({ status }) => status === 429)).toBe(true)
})

test('the staff get theirs from the platform', async () => {
  shop.clock.advance(hour_ms)
  const token = await shop.operatorToken()
  const wish = { email: 'ada@operator.test', name: 'Ada', role: 'operator' }
  const added = await shop.done<AddedMember>('POST /v1/platform/staff', wish, { token })
  await new Stranger(shop).submit(added.setup_path!, { password, password_again: password })
  await ask('ada@operator.test')
  const link = mailedPaths(shop.data.platform, 'password_reset').at(-1)!
  expect((await use(link)).location).toBe('/sign-in')
  expect(await enter('ada@operator.test', newer)).toBe(true)
})
