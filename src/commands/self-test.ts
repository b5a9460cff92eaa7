/** Tries every part of this executable where nothing else can be reached, and says what works. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { operations } from '../app.ts'
import { labelFonts } from '../carriers/label/fonts.ts'
import { shippingLabel } from '../carriers/label/layout.ts'
import { writeLabel } from '../carriers/label/write.ts'
import { openReadOnly } from '../db/driver.ts'
import { migrations } from '../db/migrate.ts'
import { assert } from '../kit/problem.ts'
import { asset_names, assetUrl } from '../operations/assets.ts'
import { reference_path } from '../operations/reference.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import { onPlatform } from './as-operator.ts'
import type { FreeCommand } from './command.ts'
import { openDoors, type Served } from './serve.ts'
import { readSettings } from './settings.ts'
import { versionLine } from './version.ts'

interface Bench {
  served: Served
  token: string
}

/** Each part says in a few words what it saw, or throws. */
const parts: Record<string, (bench: Bench) => Promise<string> | string> = {
  migrations: () => {
    const { platform, tenant } = migrations
    assert(platform.length > 0 && tenant.length > 0, 'migrations are embedded')
    return `${platform.length} for the platform, ${tenant.length} for a tenant`
  },
  sqlite: ({ served }) => {
    const connection = openReadOnly(join(served.installation.data.path, 'platform.db'))
    const version = connection.prepare('select sqlite_version()').pluck().get() as string
    const integrity = connection.pragma('integrity_check', { simple: true })
    connection.close()
    assert(integrity === 'ok', 'a fresh file is whole')
    return version
  },
  health: async (bench) => {
    assert((await get(bench, '/up')).status === 200, '/up answers')
    assert((await get(bench, '/readyz')).status === 200, '/readyz answers')
    return '/up and /readyz'
  },
  api: writeAndRead,
  assets: async (bench) => {
    for (const name of asset_names) {
      const answer = await get(bench, assetUrl(name))
      const { length } = await answer.text()
      assert(answer.status === 200 && length > 0, `the asset ${name} is embedded`)
    }
    return asset_names.join(', ')
  },
  page: async (bench) => {
    const answer = await get(bench, reference_path)
    const policy = answer.headers.get('content-security-policy') ?? ''
    assert(policy.includes("default-src 'self'"), 'a page has its policy')
    assert((await answer.text()).includes(assetUrl('api-reference.js')), 'a page has its script')
    return reference_path
  },
  openapi: async (bench) => {
    const document = (await (await get(bench, '/v1/openapi.json')).json()) as { paths: object }
    return `${Object.keys(document.paths).length} paths, ${operations.length} operations`
  },
  passwords: async () => {
    const hash = await Bun.password.hash('correct horse', 'argon2id')
    assert(await Bun.password.verify('correct horse', hash), 'a password is recognised')
    assert(!(await Bun.password.verify('wrong horse', hash)), 'another is not')
    return hash.split('$').slice(1, 4).join(' ')
  },
  labels: drawLabels,
}

export const selfTest: FreeCommand = {
  name: 'self-test',
  summary: 'Try every part of this executable, in a scratch folder.',
  place: 'free',
  async run(_, __, print) {
    print(versionLine())
    const folder = mkdtempSync(join(tmpdir(), 'stowage-self-test-'))
    let failed = 0
    try {
      const bench = await openBench(folder)
      for (const [name, part] of Object.entries(parts)) {
        if (!(await examine(name, () => part(bench), print))) failed += 1
      }
      await bench.served.stop()
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    print(failed ? `${failed} parts do not work` : 'everything works')
    return failed ? 1 : 0
  },
}

async function examine(
  name: string,
  part: () => Promise<string> | string,
  print: (line: string) => void,
): Promise<boolean> {
  try {
    print(`good  ${name}: ${await part()}`)
    return true
  } catch (error) {
    print(`BAD   ${name}: ${(error as Error).stack}`)
    return false
  }
}

/** A whole installation with one business, as `serve` would open it. */
async function openBench(folder: string): Promise<Bench> {
  // Our requests to ourselves go to ourselves, whatever proxy the machine has.
  process.env.NO_PROXY = '127.0.0.1'
  const { settings } = readSettings({ data: folder, port: '0', replica: 'off' }, {})
  const log = pino({ level: 'error' })
  const served = await openDoors(settings, { log, flush: () => log.flush() })
  const { api_token } = await onPlatform<CreatedTenant>(served.installation, 'tenants.create', {
    name: 'Self-test',
    admin_email: 'self-test@localhost.test',
    environment: 'sandbox',
  })
  return { served, token: api_token }
}

/** A connection that is kept for later would keep the process, too. */
const get = ({ served }: Bench, path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(served.url + path, { ...init, keepalive: false })

async function writeAndRead(bench: Bench): Promise<string> {
  const headers = {
    authorization: `Bearer ${bench.token}`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  }
  const body = JSON.stringify({ sku: 'SELF-TEST', name: 'Self-test' })
  const created = await get(bench, '/v1/items', { method: 'POST', headers, body })
  assert(
    created.status === 201,
    `an item is created: ${created.status} ${await created.clone().text()}`,
  )
  const item = (await created.json()) as { id: string }
  const read = await get(bench, `/v1/items/${item.id}`, { headers })
  assert(Bun.deepEquals(await read.json(), item), 'an item is read as it was written')
  return 'an item was created and read'
}

async function drawLabels(): Promise<string> {
  const layout = shippingLabel({
    carrier: 'Self-test',
    service: 'Ground',
    from: ['Harbour Goods', '1 Quay', 'Łódź'],
    to: ['Mara', '2 Hill'],
    tracking_number: 'STW0000000001',
    reference: 'SELF-TEST',
    weight: '350 g',
    piece: '1 of 1',
  })
  assert(labelFonts().regular.length > 0, 'the typeface is embedded')
  const sizes: string[] = []
  for (const format of ['PDF', 'PNG', 'ZPL'] as const) {
    const { data } = await writeLabel(layout, format)
    const bytes = Buffer.from(data, 'base64')
    const begins = { PDF: '%PDF', PNG: '\u0089PNG', ZPL: '^XA' }[format]
    assert(bytes.toString('latin1').includes(begins), `a label is drawn as ${format}`)
    sizes.push(`${format} ${bytes.length} bytes`)
  }
  return sizes.join(', ')
}
