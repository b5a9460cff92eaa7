/** The whole loop as a person goes it, in a real browser: by what stands on buttons, links and fields. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { openDemo, type OpenDemo } from './services/demo.ts'
import { freePort } from './services/minio-server.ts'
import { executablePath, openBrowser, Visitor } from './visitor.ts'

const long_ms = 300_000
const days = 8
const main = join(import.meta.dir, '../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'stowage-console-'))
const pictures = process.env.SCREENSHOTS ?? join(folder, 'pictures')

if (!executablePath) console.warn('the console is not looked at: there is no Chromium')

let demo: OpenDemo
let browser: Browser
let console_url: string

beforeAll(async () => {
  if (!executablePath) return
  mkdirSync(pictures, { recursive: true })
  demo = await openDemo([process.execPath, main], folder, freePort(), days)
  console_url = demo.url.replace('localhost', 'harbour.localhost')
  browser = await openBrowser()
}, long_ms)
afterAll(async () => {
  await browser?.close()
  await demo?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function comeIn(javaScriptEnabled: boolean): Promise<Visitor> {
  const mara = await Visitor.come(browser, console_url, { pictures, javaScriptEnabled })
  await mara.signIn('mara@harbour.test', demo.note.password)
  await mara.sees('Good day, Mara')
  return mara
}

async function buy(mara: Visitor): Promise<void> {
  await mara.goTo('Items')
  await mara.follow('New item')
  await mara.fill('Sku', 'TRIVET')
  await mara.fill('Name', 'Trivet, oak')
  await mara.fill('Weight', '420')
  await mara.press('Add item')
  await mara.sees('Trivet, oak')
  await mara.picture('item')

  await mara.goTo('Purchase orders')
  await mara.follow('New purchase order')
  await mara.choose('Supplier', 'Fjord Glas')
  await mara.fill('Sku', 'TRIVET')
  await mara.fill('Quantity', '12')
  await mara.fill('Unit price', '9.50')
  await mara.press('Draft the order')
  await mara.press('Send to supplier')
  await mara.follow('Receive')
  await mara.choose('Put into', 'A-01-01')
  await mara.press('Receive')
  await mara.sees('the stock is on the shelf')
  await mara.picture('received')
}

/** @returns the number of the order */
async function sell(mara: Visitor): Promise<string> {
  await mara.goTo('Orders')
  await mara.follow('New order')
  await mara.fill('Sku', 'TRIVET')
  await mara.fill('Quantity', '2')
  await mara.fill('Unit price', '24.00')
  await mara.fill('Person', 'Ada Lane')
  await mara.fill('Phone', '3125550100')
  await mara.fill('Street and number', '200 Main Street')
  await mara.fill('Postal code', '60601')
  await mara.fill('City', 'Chicago')
  await mara.fill('State', 'IL')
  await mara.fill('Country', 'US')
  await mara.press('Take the order down')
  const number = await mara.title()
  await mara.press('Place')
  await mara.sees('is placed and reserved')
  await mara.press('Pick all')
  await mara.sees('is on the bench')
  await mara.follow('Pack')
  await mara.fill('Box', 'Small box')
  await mara.press('Close the parcel')
  await mara.sees('a parcel is packed')
  await mara.picture('packed')
  return number
}

async function ship(mara: Visitor): Promise<void> {
  await mara.press('Ship')
  await mara.press('Compare rates')
  await mara.sees('UPS Ground')
  await mara.picture('rates')
  await mara.page.getByLabel(/UPS Ground/).check()
  await mara.press('Buy the label')
  await mara.sees('The label is bought: 1Z')
  const link = mara.page.getByRole('link', { name: 'Open label' })
  const label = await link.evaluate(async (element) => {
    const answer = await fetch(element.getAttribute('href')!)
    return { type: answer.headers.get('content-type'), text: await answer.text() }
  })
  expect(label).toEqual({ type: 'application/pdf', text: expect.stringMatching(/^%PDF/) })
  await mara.picture('label')

  await mara.page.getByRole('link', { name: /^1Z/ }).last().click()
  await mara.press('Ask the carrier now')
  await mara.sees('Shipper created a label')
  await mara.picture('tracker')
}

async function takeBack(mara: Visitor, order: string): Promise<void> {
  await mara.goTo('Orders')
  await mara.follow(order)
  await mara.follow('Take back')
  await mara.fill('Comes back', '1')
  await mara.choose('Reason', 'Unwanted')
  await mara.press('Authorize the return')
  await mara.press('Take in')
  await mara.sees('wait to be inspected')
  await mara.follow('Inspect')
  await mara.choose('What becomes of it', 'Restock')
  await mara.choose('Put into', 'A-01-01')
  await mara.press('Decide')
  await mara.fill('Paid back', '24.00')
  await mara.press('Close the return')
  await mara.sees('is closed')
  await mara.picture('return')
}

test.skipIf(!executablePath)(
  'an item is bought, sold, packed, shipped, tracked, taken back and restocked',
  async () => {
    const mara = await comeIn(true)
    await mara.picture('home')
    await buy(mara)
    const order = await sell(mara)
    await ship(mara)
    await takeBack(mara, order)
    await mara.goTo('Stock')
    await mara.fill('Sku or barcode', 'TRIVET')
    await mara.press('Show')
    await mara.sees('A-01-01')
    expect(await mara.page.locator('tbody tr').first().innerText()).toContain('11')
    expect(mara.complaints).toEqual([])
  },
  long_ms,
)

test.skipIf(!executablePath)(
  'without JavaScript people come in, and forms work',
  async () => {
    const mara = await comeIn(false)
    await mara.goTo('Customers')
    await mara.follow('New customer')
    await mara.fill('Name', 'The Plain Browser Café')
    await mara.press('Add customer')
    await mara.sees('The Plain Browser Café')
    await mara.picture('without-javascript')
    expect(mara.complaints).toEqual([])
  },
  long_ms,
)
