/** Every page of the console is looked at: by an owner in a shop that has been lived in, and by the operator. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { pages } from '../src/app.ts'
import { Browser, misdeeds } from './browser.ts'
import { idsOf } from './inhabitants.ts'
import { liveIn } from './lived-in.ts'
import { Shop } from './shop.ts'

let shop: Shop
let owner: Browser
let operator: Browser

beforeAll(async () => {
  shop = await Shop.open()
  await liveIn(shop, shop.tenant.token)
  owner = await Browser.enter(shop)
  operator = await Browser.enterStaff(shop)
}, 60_000)
afterAll(() => shop.close())

const all = pages.flatMap((room) => room.pages).map(({ route }) => route.slice('GET '.length))
const [of_operator, of_business] = [true, false].map((is_operators) =>
  all.filter((path) => path.startsWith('/platform') === is_operators),
) as [string[], string[]]

/** The addresses a path can have here: one for each id that fits somewhere. */
const addressesOf = (path: string, ids: readonly string[]): string[] =>
  path.includes(':') ? ids.map((id) => path.replace(/:\w+/g, id)) : [path]

async function walk(visitor: Browser, paths: readonly string[], ids: readonly string[]) {
  const wrong: string[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    for (const address of addressesOf(path, ids)) {
      const { status, html } = await visitor.look(address)
      if (status === 404 && path.includes(':')) continue
      // Some pages only lead on to where something is to be done.
      const found = status === 303 ? [] : misdeeds(html)
      if (![200, 303].includes(status) || found.length > 0) {
        wrong.push(`${address}: ${status} ${found.join()}`)
      } else seen.add(path)
    }
  }
  return { wrong, seen }
}

test('every page of a business answers its owner, and nearly all of them show something', async () => {
  const file = shop.data.tenants.open(shop.tenant.id)
  const ids = [...idsOf(file, shop.tenant.organization_id).values()].flat()
  const own = [...ids, shop.tenant.organization_id, shop.tenant.owner_id, 'ups', 'member']
  const { wrong, seen } = await walk(owner, of_business, own)
  expect(wrong).toEqual([])
  const unseen = of_business.filter((path) => !seen.has(path))
  process.stdout.write(`pages of a business: ${seen.size}; not reached: ${unseen.join(' ')}\n`)
  expect(seen.size).toBeGreaterThan(of_business.length * 0.8)
}, 60_000)

test('every page of the operator answers him', async () => {
  const ids = [...idsOf(shop.data.platform, '').values()].flat()
  const { wrong, seen } = await walk(operator, of_operator, [...ids, shop.tenant.id, 'webhooks'])
  expect(wrong).toEqual([])
  const unseen = of_operator.filter((path) => !seen.has(path))
  process.stdout.write(`pages of the operator: ${seen.size}; not reached: ${unseen.join(' ')}\n`)
  expect(seen.size).toBeGreaterThan(of_operator.length * 0.6)
}, 60_000)
