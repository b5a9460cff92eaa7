import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { Browser } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { findCommand, parseWords } from '../commands/command.ts'
import { verifyAudit } from '../commands/verify-audit.ts'
import { systemScope } from '../db/scope.ts'
import { timestamp, minute_ms } from '../kit/clock.ts'
import { JobRunner } from '../jobs/runner.ts'
import type { Job } from '../jobs/schema.ts'
import { exportLines } from './export-lines.ts'
import { jobs } from './export.ts'
import { forgetSubject } from './forget-subject.ts'
import type { AuditExport } from './schema.ts'
import { verifyExport } from './verify-export.ts'

let shop: Shop
let north: { id: string; token: string }
let later: string
beforeAll(async () => {
  shop = await Shop.open()
  north = await shop.organization('North')
  for (const n of [1, 2, 3]) await shop.done('POST /v1/items', { sku: `A-${n}`, name: `A ${n}` })
  const init = { token: north.token }
  shop.clock.advance(minute_ms)
  later = timestamp(shop.clock.now())
  for (const n of [1, 2]) await shop.done('POST /v1/items', { sku: `N-${n}`, name: 'N' }, init)
  await shop.done('POST /v1/items', { sku: 'A-4', name: 'A 4' })
})
afterAll(() => shop.close())

const file = () => shop.data.tenants.at(shop.tenant.id)
const scope = () => systemScope('test', '', shop.tenant.id)

async function exported(organization_id = '', wish = {}): Promise<string[]> {
  const lines: string[] = []
  const ask = exportLines((query) => file().read(scope(), query), wish, organization_id)
  for await (const line of ask) lines.push(line)
  return lines
}

async function* each(lines: readonly string[]): AsyncGenerator<string> {
  for (const line of lines) yield await Promise.resolve(line)
}
const verdict = (lines: readonly string[]) => verifyExport(each(lines))

describe('an export proves itself', () => {
  test('the whole trail, and a part of it', async () => {
    const whole = await exported()
    const proven = await verdict(whole)
    expect(proven).toMatchObject({ holds: true, withheld: 0, entries: whole.length - 1 })
    const part = await verdict(await exported('', { from: later }))
    expect(part).toMatchObject({ holds: true, entries: 3 })
    expect(part.head!.head_hash).toBe(proven.head!.head_hash)
    const nothing = await exported('', { from: '2030-01-01T00:00:00Z' })
    expect(await verdict(nothing)).toMatchObject({ holds: true, entries: 0 })
  })

  test('that of one organization holds nothing of the others, and is followed through them', async () => {
    const lines = await exported(north.id)
    expect(await verdict(lines)).toMatchObject({ holds: true, believed: 0 })
    const shown = lines.filter((line) => line.includes('"changes"'))
    expect(shown.map((line) => (JSON.parse(line) as { action: string }).action)).toEqual([
      'items.create',
      'items.create',
    ])
    expect(lines.join()).not.toContain('A-1')
    expect(lines.join()).not.toContain(shop.tenant.organization_id)
  })

  test('with entries whose details were forgotten', async () => {
    const { id } = await shop.done<{ id: string }>('POST /v1/items', { sku: 'GONE', name: 'G' })
    await file().write(scope(), (tx) => forgetSubject(tx, [id]))
    const lines = await exported()
    expect(lines.join()).not.toContain('GONE')
    expect(await verdict(lines)).toMatchObject({ holds: true, forgotten: 1 })
  })
})

describe('what was done to an export is found', () => {
  const changed: [what: string, change: (lines: string[]) => string[], reason: RegExp][] = [
    ['a changed detail', (lines) => replaced(lines, 'A-2', 'A-9'), /details were changed/],
    ['a changed action', (lines) => replaced(lines, 'items.create', 'items.remove'), /changed/],
    ['a missing line', (lines) => lines.toSpliced(4, 1), /entry 4 is missing/],
    ['a missing last line', (lines) => lines.slice(0, -1), /missing at the end/],
    ['swapped lines', (lines) => swapped(lines, 3, 4), /entry 3 is missing/],
    ['swapped lines with their numbers', (lines) => renumbered(lines), /does not follow/],
    ['a line twice', (lines) => lines.toSpliced(4, 0, lines[4]!), /missing/],
    ['a forged last hash', (lines) => forged(lines), /does not end with the hash/],
    ['a line that is no JSON', (lines) => lines.with(2, '{'), /not JSON/],
    ['a detail where it was forgotten', (lines) => unforgotten(lines), /forgotten once/],
    ['no lines', () => [], /empty/],
  ]
  test.each(changed)('%s', async (_, change, reason) => {
    const before = await exported()
    const after = change([...before])
    expect(after).not.toEqual(before)
    const { holds, broken } = await verdict(after)
    expect(holds).toBe(false)
    expect(broken?.reason).toMatch(reason)
  })

  test('a single bit anywhere in the lines of entries', async () => {
    const before = await exported()
    const missed: string[] = []
    for (const [index, line] of before.entries()) {
      // The name on an entry whose details were forgotten is not proven any more.
      if (index === 0 || line.includes('"salt":null')) continue
      for (let at = 0; at < line.length; at += 7) {
        const bit = String.fromCharCode(line.charCodeAt(at) ^ 1)
        const after = before.with(index, line.slice(0, at) + bit + line.slice(at + 1))
        const { holds } = await verdict(after)
        if (holds) missed.push(`line ${index} at ${at}: ${line.slice(at - 12, at + 12)}`)
      }
    }
    expect(missed).toEqual([])
  }, 60_000)

  const replaced = (lines: string[], from: string, to: string) => {
    const index = lines.findIndex((line) => line.includes(from))
    return lines.with(index, lines[index]!.replace(from, to))
  }
  const swapped = (lines: string[], a: number, b: number) =>
    lines.with(a, lines[b]!).with(b, lines[a]!)
  const renumbered = (lines: string[]) => {
    const [a, b] = [lines[3]!, lines[4]!]
    const number = (line: string) => /^\{"seq":(\d+)/.exec(line)![1]!
    return lines
      .with(3, b.replace(`"seq":${number(b)}`, `"seq":${number(a)}`))
      .with(4, a.replace(`"seq":${number(a)}`, `"seq":${number(b)}`))
  }
  const forged = (lines: string[]) => {
    const head = JSON.parse(lines[0]!) as Record<string, unknown>
    return lines.with(0, JSON.stringify({ ...head, head_hash: 'ab'.repeat(32) }))
  }
  const unforgotten = (lines: string[]) => {
    const index = lines.findIndex((line) => line.includes('"salt":null'))
    return lines.with(index, lines[index]!.replace('"changes":"{}"', '"changes":"{\\"a\\":1}"'))
  }
})

test('the jobs make exports: of an organization, and of the whole business', async () => {
  const { data, house } = shop
  const { services } = house.door
  const runner = new JobRunner({ data, services, log: pino({ level: 'silent' }), kinds: jobs })
  runner.start()
  const make = async (kind: string, token: string) => {
    const { id } = await shop.done<Job>(`POST /v1/jobs/${kind}`, {}, { token })
    for (let tries = 0; tries < 400; tries += 1) {
      const job = await shop.done<AuditExport>(`GET /v1/audit/exports/${id}`, undefined, { token })
      if (job.state === 'failed') throw new Error(JSON.stringify(job))
      if (job.state === 'succeeded') return job
      await Bun.sleep(5)
    }
    throw new Error('the job did not end')
  }
  const download = async ({ id }: AuditExport, token: string) => {
    const address = `http://localhost/v1/audit/exports/${id}/file`
    const headers = { authorization: `Bearer ${token}` }
    const response = await house.app.handle(new Request(address, { headers }))
    return (await response.text()).trimEnd().split('\n')
  }
  const own = await download(await make('audit_export', north.token), north.token)
  expect(await verdict(own)).toMatchObject({ holds: true })
  expect(own.join()).not.toContain('A-1')
  const whole = await make('business_audit_export', shop.tenant.token)
  const lines = await download(whole, shop.tenant.token)
  expect(await verdict(lines)).toMatchObject({ holds: true, withheld: 0 })
  expect(lines.join()).toContain('A-1')
  const { token } = north
  const refused = await shop.send('POST /v1/jobs/business_audit_export', {}, { token })
  expect(refused.status).toBe(403)
  expect((await shop.send(`GET /v1/audit/exports/${whole.id}`, undefined, { token })).status).toBe(
    404,
  )
  await runner.stop(100)
})

test('the command says whether an export holds, and compares its head', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-export-'))
  const lines = await exported()
  const run = async (content: readonly string[], ...more: string[]) => {
    const path = join(folder, 'trail.jsonl')
    writeFileSync(path, `${content.join('\n')}\n`)
    const said: string[] = []
    const all = ['verify-audit', path, ...more]
    expect(findCommand([verifyAudit], all)).toBe(verifyAudit)
    const { words } = parseWords(verifyAudit, all)
    const code = await verifyAudit.run(words, {} as never, (line) => said.push(line))
    return [code, said.join('\n')] as const
  }
  const { head_hash } = JSON.parse(lines[0]!) as { head_hash: string }
  const [good, words] = await run(lines, '--head', head_hash)
  expect([good, words.includes(head_hash)]).toEqual([0, true])
  expect((await run(lines, '--head', '00'))[0]).toBe(1)
  const [bad, why] = await run(lines.toSpliced(5, 1))
  expect([bad, why.startsWith('BROKEN  line 6: entry 5 is missing')]).toEqual([1, true])
  rmSync(folder, { recursive: true, force: true })
})

describe('the trail of the platform', () => {
  const at = '/v1/platform/audit/export'

  test('is downloaded while it is made, and proves itself', async () => {
    const token = await shop.operatorToken()
    for (const name of ['One', 'Two']) {
      const wish = { name, admin_email: `${name}@made.test` }
      await shop.done('POST /v1/platform/tenants', wish, { token })
    }
    const get = (path: string) =>
      shop.house.app.handle(
        new Request(`http://localhost${path}`, { headers: { authorization: `Bearer ${token}` } }),
      )
    const linesOf = async (path: string) => (await (await get(path)).text()).trimEnd().split('\n')
    const answer = await get(at)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toContain('platform-audit.jsonl')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    const lines = (await answer.text()).trimEnd().split('\n')
    const proven = await verdict(lines)
    expect(proven).toMatchObject({ holds: true, withheld: 0, entries: lines.length - 1 })
    expect(proven.head).toMatchObject({ tenant_id: '', first_seq: 1 })
    expect(lines.length).toBeGreaterThan(2)
    const changed = lines.map((line) => line.replace('tenants.create', 'tenants.xreate'))
    expect(await verdict(changed)).toMatchObject({ holds: false })
    const today = timestamp(shop.clock.now()).slice(0, 10)
    expect(await linesOf(`${at}?from=${today}&to=${today}`)).toHaveLength(lines.length)
    expect(await linesOf(`${at}?to=2020-01-01`)).toHaveLength(1)
    const wrong = await shop.send(`GET ${at}?from=yesterday`, undefined, { token })
    expect(wrong.body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/query/from' }] })
  })

  test('is for the staff who may, with one button', async () => {
    expect((await shop.send(`GET ${at}`)).status).toBe(403)
    const reads = await shop.operatorToken(['audit.read'])
    expect((await shop.send(`GET ${at}`, undefined, { token: reads })).status).toBe(403)
    const ada = await Browser.enterStaff(shop)
    expect(await ada.visit('/platform/audit')).toContain('action="/files/platform/audit/export"')
    const file = await ada.look('/files/platform/audit/export?from=&to=')
    expect(file.status).toBe(200)
    expect(file.html).toContain('stowage-audit-1')
  })
})
