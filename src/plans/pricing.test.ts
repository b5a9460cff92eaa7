import { afterAll, beforeAll, expect, test } from 'bun:test'
import { misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Plan } from './schema.ts'

let open: Shop
let closed: Shop
beforeAll(async () => {
  open = await Shop.open({ services: { sign_up: 'sandbox' } })
  closed = await Shop.open()
})
afterAll(async () => {
  await open.close()
  await closed.close()
})

const look = (shop: Shop, path: string) =>
  shop.house.app.handle(
    new Request(`http://localhost${path}`, { headers: { accept: 'text/html' } }),
  )

test('a stranger sees the public plans with their prices, and the way in', async () => {
  const token = await open.operatorToken()
  const { data } = await open.done<{ data: Plan[] }>(
    'GET /v1/platform/plans?limit=100',
    undefined,
    {
      token,
    },
  )
  const secret = data.find(({ code }) => code === 'growth')!
  const route = `PATCH /v1/platform/plans/${secret.id}`
  await open.done(route, { is_public: false }, { token, etag: '*' })
  const answer = await look(open, '/pricing')
  expect(answer.status).toBe(200)
  const html = await answer.text()
  for (const words of ['Professional', '$299.00 a month', '14 days to try it', 'href="/sign-up"']) {
    expect(html).toContain(words)
  }
  expect(html).not.toContain('Growth')
  expect(misdeeds(html)).toEqual([])
  expect(await (await look(open, '/sign-up')).text()).toContain('href="/pricing"')
})

test('where strangers may found nothing, there is no price list', async () => {
  expect((await look(closed, '/pricing')).status).toBe(404)
})
