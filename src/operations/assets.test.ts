import { afterAll, beforeAll, expect, test } from 'bun:test'
import { readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Shop } from '../../tests/shop.ts'
import { asset_names, assetUrl } from './assets.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const get = (path: string, headers: Record<string, string> = {}) =>
  shop.house.app.handle(new Request(`http://localhost${path}`, { headers }))

test.each(asset_names)('%s is kept by browsers, compressed for those who can', async (name) => {
  const plain = await get(assetUrl(name))
  expect(plain.status).toBe(200)
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const text = await plain.text()
  const packed = await get(assetUrl(name), { 'accept-encoding': 'br, gzip' })
  expect(packed.headers.get('content-encoding')).toBe('gzip')
  const bytes = new Uint8Array(await packed.arrayBuffer())
  expect(bytes.length).toBeLessThan(text.length)
  expect(new TextDecoder().decode(Bun.gunzipSync(bytes))).toBe(text)
})

test('another content has another address', async () => {
  const old = assetUrl('htmx.js').replace(/[0-9a-f]{16}/, '0'.repeat(16))
  expect((await get(old)).status).toBe(404)
  expect((await get('/assets/x/no-such-thing.js')).status).toBe(404)
})

test('every file in views/assets has its line', () => {
  const folder = join(import.meta.dir, '../../views/assets')
  const kept = readdirSync(folder).filter((name) => /\.(css|js|svg|woff2)$/.test(name))
  expect(kept.filter((name) => !asset_names.includes(basename(name)))).toEqual([])
})

test('the reference page loads only from here, and has its policy', async () => {
  const page = await get('/reference')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  const text = await page.text()
  expect(text).not.toMatch(/https?:/)
  expect(text).toContain(assetUrl('api-reference.js'))
})
