import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser } from '../../../tests/browser.ts'
import { Shop } from '../../../tests/shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
  const names = ['=HYPERLINK("x")', ...Array.from({ length: 120 }, (_, n) => `Hand ${n}`)]
  for (const [n, name] of names.entries()) {
    await shop.done('POST /v1/members', { name, email: `h${n}@harbour.test`, role: 'member' })
  }
}, 60_000)
afterAll(() => shop.close())

const file = '/v1/security/two_factor.csv'
const linesOf = async (query = '') =>
  (await shop.send(`GET ${file}${query}`)).text.trimEnd().split('\r\n')

test('everybody is in the file, and nothing in it is calculated', async () => {
  const [head, ...people] = await linesOf()
  expect(head).toBe('email,name,second_factor_since,last_seen_at')
  expect(people).toHaveLength(122)
  expect(people).toContain(`h0@harbour.test,"'=HYPERLINK(""x"")",,`)
  expect(await linesOf('?search=h7@')).toEqual([head!, 'h7@harbour.test,Hand 6,,'])
  expect(await linesOf('?state=with')).toEqual([head!])
})

test('the page leads to the file, with what was searched', async () => {
  const mara = await Browser.enter(shop)
  const html = await mara.visit('/settings/security/two-factor?search=h7%40')
  expect(html).toContain('href="/files/security/two_factor.csv?search=h7%40"')
  const answer = await mara.look('/files/security/two_factor.csv?search=h7%40')
  expect(answer.html).toContain('Hand 6')
  const member = await Browser.enter(shop, 'member')
  expect((await member.look('/files/security/two_factor.csv')).status).toBe(403)
  const ada = await Browser.enterStaff(shop)
  const theirs = await ada.look('/files/platform/security/two_factor.csv')
  expect(theirs.html).not.toContain('harbour.test,Hand')
  expect(theirs.status).toBe(200)
})
