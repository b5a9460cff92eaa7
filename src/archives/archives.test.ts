import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import { openReadOnly } from '../db/driver.ts'
import { verifyArchive } from '../commands/verify-archive.ts'
import { JobRunner } from '../jobs/runner.ts'
import { day_ms } from '../kit/clock.ts'
import { businessArchive } from './kind.ts'
import { harmless_columns, left_out_columns, left_out_tables, looks_secret } from './left-out.ts'
import type { Manifest } from './manifest.ts'
import type { Archive } from './schema.ts'
import { tablesOf } from './store-file.ts'

const python = Bun.which('python3')
if (!python) process.stdout.write('archives: python3 is absent, verify.py is not run\n')

let shop: Shop
let runner: JobRunner
let archive: Archive
/** Where the archive was unpacked. */
let root: string

beforeAll(async () => {
  shop = await Shop.open()
  await liveIn(shop, shop.tenant.token)
  const { data, house } = shop
  const { services } = house.door
  runner = new JobRunner({
    ...{ data, services },
    kinds: [businessArchive],
    log: pino({ level: 'error' }),
  })
  runner.start()
  archive = await make()
  root = await unpack(archive.id, 'out')
}, 60_000)
afterAll(async () => {
  await runner.stop()
  await shop.close()
})

async function make(meanwhile: () => Promise<unknown> = () => Promise.resolve()): Promise<Archive> {
  const { id } = await shop.done<{ id: string }>('POST /v1/jobs/business_archive', {})
  await meanwhile()
  await runner.idle()
  return shop.done<Archive>(`GET /v1/archives/${id}`)
}

/** As its owner would: download and `tar xzf`. */
async function unpack(id: string, name: string): Promise<string> {
  const folder = join(shop.folder, name)
  mkdirSync(folder)
  const path = join(folder, 'archive.tar.gz')
  const response = await shop.house.app.handle(
    new Request(`http://localhost/v1/archives/${id}/file`, {
      headers: { authorization: `Bearer ${shop.tenant.token}` },
    }),
  )
  expect(response.status).toBe(200)
  writeFileSync(path, new Uint8Array(await response.arrayBuffer()))
  const tar = Bun.spawnSync(['tar', 'xzf', path, '-C', folder])
  expect(tar.stderr.toString()).toBe('')
  return join(
    folder,
    readdirSync(folder).find((entry) => entry.startsWith('stowage-'))!,
  )
}

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
const linesOf = (table: string) =>
  readFileSync(join(root, 'tables', `${table}.ndjson`), 'utf8')
    .split('\n')
    .filter(Boolean)
const verify = (folder: string) => Bun.spawnSync([python!, join(folder, 'verify.py')])

/** Tables of a tenant's file as they are now. */
function tables() {
  const connection = openReadOnly(shop.data.tenants.pathOf(shop.tenant.id))
  try {
    return tablesOf(connection)
  } finally {
    connection.close()
  }
}

test('an archive is made by a job, and says what it holds', () => {
  expect(archive).toMatchObject({
    state: 'succeeded',
    file: { name: 'stowage-harbour-20261121.tar.gz' },
    holds: { format: 1, tenant: { name: 'Harbour Goods' }, objects: { damaged: 0 } },
  })
  expect(shop.events()).toContain('job.succeeded')
})

test('its checksums hold for sha256sum, and every file has one', () => {
  const check = Bun.spawnSync(['sha256sum', '-c', '--strict', '--quiet', 'SHA256SUMS'], {
    cwd: root,
  })
  expect([check.exitCode, check.stdout.toString()]).toEqual([0, ''])
  const sums = readFileSync(join(root, 'SHA256SUMS'), 'utf8')
  for (const path of new Bun.Glob('**/*').scanSync(root)) {
    if (path !== 'SHA256SUMS') expect(sums).toContain(`  ${path}\n`)
  }
})

test('every table of the schema is in it, with all of its rows, or named as left out', () => {
  const described = new Map(manifestOf(root).tables.map((table) => [table.name, table]))
  expect([...described.keys()]).toEqual(tables().map(({ name }) => name))
  for (const { name, file, left_out, rows } of described.values()) {
    expect(Boolean(file)).toBe(left_out === null)
    if (file) expect(linesOf(name)).toHaveLength(rows)
    else expect(existsSync(join(root, 'tables', `${name}.ndjson`))).toBe(false)
  }
  const rowsIn = (name: string) => described.get(name)!.rows
  expect([rowsIn('items'), rowsIn('shipments'), rowsIn('returns')]).toEqual([3, 1, 1])
  const { columns } = described.get('shipments')!
  expect(columns.find(({ name }) => name === 'purchase_sent_at')?.about).toContain('first act')
})

test('a column that looks like a secret is left out or known to be harmless', () => {
  const known = (table: string, column: string) =>
    table in left_out_tables ||
    column in (left_out_columns[table] ?? {}) ||
    `${table}.${column}` in harmless_columns
  const unknown = tables().flatMap(({ name, columns }) =>
    columns
      .filter((column) => looks_secret.test(column.name) && !known(name, column.name))
      .filter(({ type }) => type !== 'INTEGER')
      .map((column) => `${name}.${column.name}`),
  )
  expect(unknown).toEqual([])
  const all = tables()
  const gone = [
    ...Object.keys(left_out_tables).filter((name) => !all.some((table) => table.name === name)),
    ...Object.entries(left_out_columns).flatMap(([name, columns]) =>
      Object.keys(columns).filter(
        (column) =>
          !all.find((table) => table.name === name)?.columns.some((each) => each.name === column),
      ),
    ),
  ]
  expect(gone).toEqual([])
})

test('no secret is in any file of it', async () => {
  const { id } = shop.tenant
  const secrets = shop.data.tenants
    .at(id)
    .read(shop.scope, (read) => [
      ...read
        .all<{ value: Uint8Array }>('SELECT token_hash AS value FROM tokens')
        .map(({ value }) => value),
      ...read
        .all<{ value: Uint8Array }>('SELECT credentials AS value FROM carrier_connections')
        .map(({ value }) => value),
      ...read
        .all<{ value: Uint8Array }>('SELECT secret_sealed AS value FROM webhook_endpoints')
        .map(({ value }) => value),
      ...read
        .all<{ value: Uint8Array }>('SELECT secret_hash AS value FROM setup_links')
        .map(({ value }) => value),
    ])
  expect(secrets.length).toBeGreaterThan(4)
  for (const path of new Bun.Glob('**/*').scanSync(root)) {
    const bytes = readFileSync(join(root, path))
    for (const secret of secrets) {
      const hex = Buffer.from(secret).toString('hex')
      expect([path, bytes.includes(Buffer.from(secret)), bytes.includes(hex)]).toEqual([
        path,
        false,
        false,
      ])
    }
  }
})

test('labels lie in it under their names', () => {
  const listed = readFileSync(join(root, 'objects.ndjson'), 'utf8').split('\n').filter(Boolean)
  const objects = listed.map((line) => JSON.parse(line) as { path: string; content_type: string })
  expect(objects.length).toBeGreaterThan(0)
  for (const { path } of objects) expect(existsSync(join(root, path))).toBe(true)
})

describe.skipIf(!python)('verify.py, run by a real Python', () => {
  test('proves an honest archive', () => {
    const { exitCode, stdout } = verify(root)
    expect([exitCode, stdout.toString()]).toEqual([0, expect.stringContaining('everything holds')])
    expect(stdout.toString()).toContain(manifestOf(root).ledger.head_hash)
  })

  const tamperings: [what: string, table: string, from: RegExp, to: string, found: string][] = [
    ['a quantity', 'stock_movements', /"quantity":50/, '"quantity":51', 'was changed'],
    ['a level', 'stock_levels', /"on_hand":4\d/, '"on_hand":1', 'not what the movements make'],
    ['a reservation', 'stock_levels', /"reserved":[1-9]/, '"reserved":0', 'does not reserve'],
    ['an audit entry', 'audit_entries', /"action":"items.create"/, '"action":"x"', 'audit entry'],
    ['a lost posting', 'stock_postings', /^.*\n/, '', 'posting 1 is missing'],
  ]
  for (const [what, table, from, to, found] of tamperings) {
    test(`finds ${what} that was tampered with, though the checksums were made anew`, () => {
      const copy = join(shop.folder, `tampered-${table}-${what.length}`)
      cpSync(root, copy, { recursive: true })
      const path = join(copy, 'tables', `${table}.ndjson`)
      const before = readFileSync(path, 'utf8')
      const after = before.replace(from, to)
      expect(after).not.toBe(before)
      writeFileSync(path, after)
      const sum = (text: string) => new Bun.CryptoHasher('sha256').update(text).digest('hex')
      const sums = join(copy, 'SHA256SUMS')
      writeFileSync(sums, readFileSync(sums, 'utf8').replace(sum(before), sum(after)))
      const { exitCode, stdout } = verify(copy)
      expect([exitCode, stdout.toString()]).toEqual([1, expect.stringContaining(found)])
    })
  }

  test('proves one that was made while others wrote', async () => {
    const write = (n: number) => shop.done('POST /v1/items', { sku: `W-${n}`, name: `W ${n}` })
    const busy = await make(async () => {
      for (let n = 0; n < 100; n += 1) await write(n)
    })
    const folder = await unpack(busy.id, 'busy')
    expect(verify(folder).exitCode).toBe(0)
    expect(shop.events().filter((type) => type === 'item.created')).toHaveLength(103)
  })
})

describe('the command verify-archive', () => {
  const command = async (path: string) => {
    const said: string[] = []
    const words = { arguments: { file: path }, options: {}, flags: {} }
    const code = await verifyArchive.run(words, {} as never, (line) => said.push(line))
    return [code, said.join('\n')]
  }
  const packed = () => join(shop.folder, 'out', 'archive.tar.gz')

  test('proves an honest one', async () => {
    const [code, said] = await command(packed())
    expect([code, said]).toEqual([0, expect.stringContaining(manifestOf(root).audit.head_hash)])
  })

  test('finds what was changed inside, and refuses one that was cut short', async () => {
    const copy = join(shop.folder, 'repacked')
    cpSync(join(shop.folder, 'out'), copy, { recursive: true })
    const [name] = readdirSync(copy).filter((entry) => entry.startsWith('stowage-'))
    const readme = join(copy, name!, 'README.txt')
    writeFileSync(readme, `${readFileSync(readme, 'utf8')}x`)
    const again = join(copy, 'again.tar.gz')
    expect(Bun.spawnSync(['tar', 'czf', again, '-C', copy, name!]).exitCode).toBe(0)
    expect(await command(again)).toEqual([1, 'DIFFERS  README.txt was changed.'])
    const short = join(copy, 'short.tar.gz')
    writeFileSync(short, readFileSync(packed()).subarray(0, 20_000))
    expect(command(short)).rejects.toThrow()
  })
})

test('tenant.db opens, holds the same and no secret, and an archive does not hold the last one', () => {
  const connection = openReadOnly(join(root, 'tenant.db'))
  const one = (sql: string) => connection.prepare(sql).pluck().get()
  expect(one('PRAGMA integrity_check')).toBe('ok')
  expect(one('SELECT count(*) FROM items')).toBe(3)
  expect(one('SELECT count(*) FROM setup_links')).toBe(0)
  expect(one("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'")).toBeGreaterThan(10)
  connection.close()
  const later = readFileSync(join(shop.folder, 'busy/stowage-harbour-20261121/objects.ndjson'))
  expect(later.includes('archive')).toBe(false)
})

test('a damaged object is named and does not keep the rest', async () => {
  const folder = join(shop.data.tenants.folderOf(shop.tenant.id), 'objects')
  const [label] = [...new Bun.Glob('labels/*/*').scanSync(folder)].filter((p) => !/json$/.test(p))
  const path = join(folder, label!)
  const whole = readFileSync(path)
  writeFileSync(path, 'x')
  const made = await make()
  expect(made).toMatchObject({ state: 'succeeded', holds: { objects: { damaged: 1 } } })
  writeFileSync(path, whole)
})

test('only those who lead the whole business take it along', async () => {
  const wish = { name: 'Reader', scopes: ['*.read'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  const file = `GET /v1/archives/${archive.id}/file`
  expect((await shop.send(file, undefined, { token })).status).toBe(403)
  const narrow = { name: 'Exports', scopes: ['exports.*'] }
  const exporter = await shop.done<{ token: string }>('POST /v1/tokens', narrow)
  expect((await shop.send('POST /v1/jobs/business_archive', {}, exporter)).status).toBe(403)
  const other = await shop.organization('Other')
  for (const route of [file, 'GET /v1/archives', 'POST /v1/jobs/business_archive']) {
    const body = route.startsWith('POST') ? {} : undefined
    expect((await shop.send(route, body, other)).status).toBe(403)
  }
  const jobs = await shop.done<{ data: { kind: string }[] }>('GET /v1/jobs')
  expect(jobs.data).toEqual([])
  expect((await shop.send(`GET /v1/jobs/${archive.id}`)).status).toBe(404)
})

test('the operator makes one for a business, which sees it', async () => {
  const token = await shop.operatorToken()
  const at = `/v1/platform/tenants/${shop.tenant.id}/archives`
  const { id } = await shop.done<Archive>(`POST ${at}`, undefined, { token })
  await runner.idle()
  expect(await shop.done(`GET ${at}/${id}`, undefined, { token })).toMatchObject({
    state: 'succeeded',
  })
  const file = await shop.send(`GET ${at}/${id}/file`, undefined, { token })
  expect([file.status, file.headers.get('cache-control')]).toEqual([200, 'no-store'])
  const seen = await shop.done<{ data: Archive[] }>('GET /v1/archives')
  expect(seen.data.map((each) => each.id)).toContain(id)
  const trail = await shop.done<{ data: { subject_id: string }[] }>(
    'GET /v1/platform/audit?action=tenant_archives.create',
    undefined,
    { token },
  )
  expect(trail.data.map(({ subject_id }) => subject_id)).toEqual([shop.tenant.id])
  const support = await shop.operatorToken(['*.read'])
  expect((await shop.send(`GET ${at}`, undefined, { token: support })).status).toBe(403)
})

test('a business that may only be read can still take its archive along', async () => {
  const token = await shop.operatorToken()
  const tenant = `/v1/platform/tenants/${shop.tenant.id}`
  await shop.done(`POST ${tenant}/suspend`, { reason: 'Late' }, { token })
  expect((await shop.send('POST /v1/items', { sku: 'N', name: 'N' })).status).toBe(403)
  expect((await make()).state).toBe('succeeded')
  await shop.done(`POST ${tenant}/resume`, undefined, { token })
})

test('one that was taken away, or is 30 days old, can be had no more', async () => {
  const file = `GET /v1/archives/${archive.id}/file`
  const removed = await shop.done<Archive>(`DELETE /v1/archives/${archive.id}`)
  expect(removed).toMatchObject({ state: 'succeeded', file: null })
  expect((await shop.send(file)).status).toBe(404)
  const [latest] = (await shop.done<{ data: Archive[] }>('GET /v1/archives')).data
  shop.clock.advance(31 * day_ms)
  expect((await shop.send(`GET /v1/archives/${latest!.id}/file`)).status).toBe(404)
})
