/** The first ten minutes of an operator and of somebody who signs up, in a real browser, clicks counted. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { freePort } from './services/minio-server.ts'
import { executablePath, openBrowser, Visitor } from './visitor.ts'

const long_ms = 180_000
const main = join(import.meta.dir, '../src/main.ts')
const folder = mkdtempSync(join(tmpdir(), 'stowage-first-'))
const pictures = process.env.SCREENSHOTS ?? join(folder, 'pictures')
const password = 'three gulls over the pier'
const port = freePort()
const url = `http://localhost:${port}`

if (!executablePath) console.warn('the first ten minutes are not walked: there is no Chromium')

let server: Bun.Subprocess<'ignore', 'ignore', 'pipe'>
let setup_link: string
let browser: Browser
let operator: Visitor

beforeAll(async () => {
  if (!executablePath) return
  mkdirSync(pictures, { recursive: true })
  const { BUN_OPTIONS: _, ...environment } = process.env
  const flags = ['--data', join(folder, 'data'), '--port', String(port), '--replica', 'off']
  server = Bun.spawn([process.execPath, main, 'serve', ...flags, '--sign-up', 'sandbox'], {
    env: environment,
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'pipe',
  })
  setup_link = await printedLink(server.stderr)
  browser = await openBrowser()
}, long_ms)
afterAll(async () => {
  await browser?.close()
  server?.kill('SIGTERM')
  await server?.exited
  rmSync(folder, { recursive: true, force: true })
})

/** What the first start prints on the terminal. */
async function printedLink(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let said = ''
  const decoder = new TextDecoder()
  for await (const chunk of stderr) {
    said += decoder.decode(chunk, { stream: true })
    const link = /http:\/\/\S+\/setup\/\S+/.exec(said)?.[0]
    if (link) return link
  }
  throw new Error(`no link was printed: ${said}`)
}

test.skipIf(!executablePath)(
  'an operator comes in by the link, founds a business, and its owner is invited',
  async () => {
    const started_ms = performance.now()
    operator = await Visitor.come(browser, setup_link, { pictures })
    await operator.fill('Your name', 'Ada Operator')
    await operator.fill('E-mail', 'ada@operator.test')
    await operator.fill('Password', password)
    await operator.fill('The password again', password)
    await operator.picture('operator-set-up')
    await operator.press('Begin')
    await operator.sees('No business yet')
    await operator.picture('operator-empty')
    await operator.follow('Found a business')
    await operator.fill('Name of the business', 'Harbour Goods')
    await operator.fill('Owner', 'Mara Lind')
    await operator.fill('E-mail of the owner', 'mara@harbour.test')
    await operator.picture('operator-found')
    await operator.press('Found it')
    await operator.sees('Harbour Goods is founded')
    await operator.picture('operator-founded')
    const clicks = operator.clicks
    for (const [entry, name] of [
      ['Overview', 'overview'],
      ['Businesses', 'businesses'],
      ['Health', 'health'],
      ['Mail', 'mail'],
    ] as const) {
      await operator.goTo(entry)
      await operator.picture(`operator-${name}`)
    }
    await operator.sees('Harbour Goods is ready for you')
    tell('operator', clicks, started_ms)
    expect(operator.complaints).toEqual([])
  },
  long_ms,
)

test.skipIf(!executablePath)(
  'a stranger signs up, is in a sandbox with sample data, and makes the first call',
  async () => {
    const started_ms = performance.now()
    const ida = await Visitor.come(browser, `${url}/sign-up`, { pictures })
    await ida.fill('Name of the business', 'Ida’s Ceramics')
    await ida.fill('Your name', 'Ida Holm')
    await ida.fill('E-mail', 'ida@ceramics.test')
    await ida.fill('Password', password)
    await ida.picture('sign-up')
    await ida.press('Send me the link')
    await ida.sees('Look into your mail')
    await ida.page.goto(await linkInOutbox())
    await ida.picture('sign-up-confirm')
    await ida.press('Set up Ida’s Ceramics')
    await ida.sees('Set up Ida’s Ceramics')
    await ida.picture('set-up')
    await ida.press('Make a token and show the call')
    await ida.sees('This is the only time the token is shown')
    await ida.picture('quickstart')
    await firstCall(await ida.page.locator('pre, code').first().innerText())
    await ida.follow('Back to the set-up')
    await ida.sees('Make the first call (done)')
    await ida.picture('set-up-called')
    await ida.goTo('Orders')
    await ida.picture('sample-orders')
    tell('new business', ida.clicks, started_ms)
    expect(ida.complaints).toEqual([])
  },
  long_ms,
)

/** Without a mail server the operator hands the link over: it is in the outbox. */
async function linkInOutbox(): Promise<string> {
  await operator.goTo('Mail')
  await operator.page.getByRole('link', { name: 'ida@ceramics.test' }).first().click()
  await operator.press('Open it')
  await operator.picture('operator-mail-open')
  const text = await operator.page.locator('main').innerText()
  return /http:\/\/\S+\/sign-up\/\S+/.exec(text)![0]
}

/** The very line that is shown, as somebody would paste it. */
async function firstCall(line: string): Promise<void> {
  const command = line.replace(/^curl /, 'curl -sf ')
  const answer = await Bun.$`sh -c ${command}`.json()
  expect((answer as { data: unknown[] }).data.length).toBeGreaterThan(0)
}

const tell = (who: string, clicks: number, started_ms: number) =>
  process.stdout.write(
    `first ten minutes, ${who}: ${clicks} clicks, ${((performance.now() - started_ms) / 1_000).toFixed(1)} s\n`,
  )
