import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { hasMeaning } from '../../views/layout/problem.tsx'
import { problems } from '../kit/problems.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

/** As a browser of somebody who is not signed in. */
const look = async (path: string) => {
  const response = await shop.house.app.handle(new Request(`http://localhost${path}`))
  return { status: response.status, text: await response.text(), headers: response.headers }
}

test('the type of a problem is the address of a page that says what to do', async () => {
  const refused = await shop.send('POST /v1/stock/adjustments', {})
  const { status, text, headers } = await look(String(refused.body.type))
  expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(text).toContain('Invalid input')
  expect(text).toContain('422')
  expect(text).toContain('Correct the fields named in <code>errors</code>.')
})

test('a code that few operations answer with names them', async () => {
  const { text } = await look('/problems/over_receipt')
  expect(text).toContain('POST /v1/purchase_orders/:id/receipts')
})

test('every code of the catalogue has its page, in words', async () => {
  for (const [code, { status, title }] of Object.entries(problems)) {
    const page = await look(`/problems/${code}`)
    expect([code, page.status, page.text.includes(title)]).toEqual([code, 200, true])
    expect([code, hasMeaning(status)]).toEqual([code, true])
  }
})

test('a code that nobody has is not found, whatever it is called', async () => {
  for (const code of ['no_such_code', 'constructor', '__proto__', '%3Cscript%3E']) {
    const { status, text } = await look(`/problems/${code}`)
    expect([code, status, text.includes('<script>')]).toEqual([code, 404, false])
  }
})
