/** The life of a business: suspended, closed, reopened, and what is required of it. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { day_ms } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Tenant } from '../tenants/schema.ts'

let shop: Shop
let token: string
beforeAll(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
})
afterAll(() => shop.close())

test('loads', async () => {
  const { status, text } = await shop.send('GET /v1/business')
  expect(text).toContain('Harbour')
  expect(status).toBe(200)
})
