/** The test matrix, derived from the operation table: what every door must refuse, for every operation. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import pino from 'pino'
import { operations } from '../src/app.ts'
import { systemScope } from '../src/db/scope.ts'
import type { DatabaseFile } from '../src/db/file.ts'
import type { Read } from '../src/db/session.ts'
import { openHouse } from '../src/house.ts'
import { exampleOf } from '../src/operations/example.ts'
import type { Operation } from '../src/operations/operation.ts'
import { foundTenant } from '../src/tenants/found.ts'
import { liveIn } from './lived-in.ts'
import { Shop, type Answer, type CallInit } from './shop.ts'

let shop: Shop
let platform_token: string
/** Tokens that may do nothing, one per level. */
const powerless = new Map<string, string>()
/** Ids by prefix: of the organization that asks, and of another tenant. */
let own: Map<string, string>
let neighbours: Map<string, string>
let platforms: Map<string, string>
/** A token that reaches no further than a second organization, which has everything as well. */
let confined_token: string
let nowhere = 0

beforeAll(async () => {
  shop = await Shop.open()
  platform_token = await shop.operatorToken()
  await liveIn(shop, shop.tenant.token)
  own = idsIn(shop.tenant.id, shop.tenant.organization_id)
  own.set('org', shop.tenant.organization_id)
  platforms = idsOf(shop.data.platform, '').set('ten', shop.tenant.id)
  const other = await shop.organization('Other')
  await liveIn(shop, other.token)
  confined_token = other.token
  const neighbour = await foundTenant(shop.data, systemScope('test'), {
    name: 'Neighbour',
    domain: 'neighbour',
    admin_email: 'n@neighbour.test',
    environment: 'sandbox',
  })
  await liveIn(shop, neighbour.token)
  neighbours = idsIn(neighbour.id, neighbour.organization_id)
  powerless.set('platform', await shop.operatorToken(['nothing.at_all']))
  const wish = { name: 'Nobody', scopes: ['nothing.at_all'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  powerless.set('tenant', token)
  powerless.set('organization', token)
}, 60_000)
afterAll(() => shop.close())

/** One id of every kind that an organization has, read from the tables themselves. */
const idsIn = (tenant_id: string, organization_id: string): Map<string, string> =>
  idsOf(shop.data.tenants.open(tenant_id), organization_id)

function idsOf(file: DatabaseFile, organization_id: string): Map<string, string> {
  return file.read(systemScope('matrix', organization_id), (read) => {
    const ids = new Map<string, string>()
    for (const { name } of tablesWithIds(read)) {
      const sql = `SELECT id FROM ${name} WHERE organization_id IN (?, '') ORDER BY id LIMIT 1`
      const row = read.get<{ id: string }>(sql, organization_id)
      if (row) ids.set(prefixOf(row.id), row.id)
    }
    return ids
  })
}

const tablesWithIds = (read: Read) =>
  read.all<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m
     WHERE m.type = 'table'
       AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'id' AND c.type = 'TEXT')
       AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')`,
  )

const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf('_'))

const tokenFor = ({ level }: Operation): string =>
  level === 'platform' ? platform_token : shop.tenant.token

const bodyFor = ({ body, example }: Operation): unknown =>
  body && (example?.body ?? exampleOf(body))

/** The path with an id of this collection, and whether the id is really somebody's. */
function pathWith(operation: Operation, ids: ReadonlyMap<string, string>): [string, boolean] {
  let real = true
  const path = operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const example = String(exampleOf(operation.params.properties[name]!))
    const id = ids.get(prefixOf(example))
    if (!id) real = false
    return id ?? example
  })
  return [path, real]
}

const ask = (operation: Operation, path: string, init: CallInit = {}, body?: unknown) =>
  shop.send(`${operation.method} ${path}`, body, { token: tokenFor(operation), ...init })

/** The path with an id of those who ask. */
const ownPath = (operation: Operation): [string, boolean] =>
  pathWith(operation, operation.level === 'platform' ? platforms : own)

/** True when the lived-in shop has one of what this operation names. */
const isThere = (operation: Operation): boolean => ownPath(operation)[1]

const withParams = operations.filter(({ path }) => path.includes(':'))
const withBody = operations.filter(({ body }) => body !== undefined)
const writing = operations.filter(({ effect, method }) => effect !== 'read' && method !== 'GET')

/** Every operation is tried; what is wrong is listed together, so that one look shows the pattern. */
async function each(
  which: readonly Operation[],
  expected: string,
  attempt: (operation: Operation) => Promise<Answer>,
): Promise<void> {
  expect(which.length).toBeGreaterThan(0)
  const wrong: string[] = []
  for (const operation of which) {
    const { status, body } = await attempt(operation)
    const told = `${status} ${String(body.code)}`
    if (told !== expected) wrong.push(`${operation.id}: ${told}`)
  }
  expect(wrong).toEqual([])
}

describe('whoever asks', () => {
  test('without a token: 401', () =>
    each(operations, '401 unauthenticated', (operation) =>
      ask(operation, ownPath(operation)[0], { headers: { authorization: '' } }),
    ))

  test('with a token of somebody unknown: 401', () =>
    each(operations, '401 unauthenticated', (operation) =>
      ask(operation, ownPath(operation)[0], { token: `stw_platform_${'a'.repeat(43)}` }),
    ))

  test('without the permission: 403', () =>
    each(operations, '403 forbidden', (operation) =>
      ask(operation, ownPath(operation)[0], { token: powerless.get(operation.level)! }),
    ))

  test('with a token of the wrong level: 403', () =>
    each(operations, '403 forbidden', (operation) => {
      const token = operation.level === 'platform' ? shop.tenant.token : platform_token
      return ask(operation, ownPath(operation)[0], { token })
    }))

  test('too often: 429', async () => {
    const slow = openHouse({
      data: shop.data,
      services: shop.house.door.services,
      log: pino({ level: 'error' }),
      rates: { token: { per_second: 0.001, burst: 1 } },
    })
    const get = (operation: Operation) =>
      slow.app.handle(
        new Request(`http://localhost${ownPath(operation)[0]}`, {
          method: operation.method,
          headers: { authorization: `Bearer ${tokenFor(operation)}` },
        }),
      )
    for (const level of ['platform', 'organization']) {
      await get(operations.find((operation) => operation.level === level)!)
    }
    const wrong: string[] = []
    for (const operation of operations) {
      const answer = await get(operation)
      const waits = Number(answer.headers.get('retry-after')) > 0
      if (answer.status !== 429 || !waits) wrong.push(`${operation.id}: ${answer.status}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('somebody else’s id is not there', () => {
  const inside = withParams.filter(({ level }) => level === 'organization')
  const seek = (operation: Operation, ids: Map<string, string>, token: string) => {
    const [path, real] = pathWith(operation, ids)
    if (!real) nowhere += 1
    return ask(operation, path, { token, etag: '"1"' }, bodyFor(operation))
  }

  test('of another organization: 404', () =>
    each(inside, '404 not_found', (operation) => seek(operation, own, confined_token)))

  test('of another tenant: 404', () =>
    each(inside, '404 not_found', (operation) => seek(operation, neighbours, shop.tenant.token)))

  test('nearly every kind of id was a real one of somebody', () => {
    process.stdout.write(`matrix: ${nowhere} of ${withParams.length * 2} paths had no real id\n`)
    expect(nowhere).toBeLessThan(withParams.length / 2)
  })
})

describe('what is sent', () => {
  test('an unknown field: 422', () =>
    each(withBody, '422 invalid', (operation) =>
      ask(operation, ownPath(operation)[0], {}, { surprise: true }),
    ))

  test('an unknown parameter: 422', () =>
    each(operations, '422 invalid', (operation) =>
      ask(operation, `${ownPath(operation)[0]}?surprise=1`, {}, bodyFor(operation)),
    ))

  test('no JSON: 400', () =>
    each(withBody, '400 malformed', async (operation) => {
      const [path] = ownPath(operation)
      return raw(operation, path, 'application/json', '{')
    }))

  test('another media type: 415', () =>
    each(withBody, '415 unsupported_media_type', async (operation) => {
      const [path] = ownPath(operation)
      return raw(operation, path, 'text/plain', '{}')
    }))

  test('a method that is not offered: 405, with those that are', async () => {
    const wrong: string[] = []
    for (const path of new Set(operations.map((operation) => operation.path))) {
      const offered = operations.filter((each) => each.path === path).map(({ method }) => method)
      const other = ['PUT', 'DELETE', 'PATCH', 'POST', 'GET'].find(
        (method) => !offered.includes(method as never),
      )
      const { status, headers } = await shop.send(`${other} ${path}`)
      if (status !== 405 || headers.get('allow') !== offered.join(', '))
        wrong.push(`${path} ${status}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('safety of writes', () => {
  test('no key where stock or money moves: 400', () =>
    each(
      operations.filter((operation) => operation.idempotency_required),
      '400 idempotency_key_required',
      (operation) => {
        const init = { headers: { 'idempotency-key': '' }, etag: '*' }
        return ask(operation, ownPath(operation)[0], init, bodyFor(operation))
      },
    ))

  test('no If-Match where it is required: 428', () =>
    each(
      operations.filter(({ match }) => match === 'required').filter(isThere),
      '428 version_required',
      (operation) => ask(operation, ownPath(operation)[0], {}, bodyFor(operation)),
    ))

  test('an old version: 412', () =>
    each(
      operations.filter(({ match }) => match).filter(isThere),
      '412 version_mismatch',
      (operation) => ask(operation, ownPath(operation)[0], { etag: '"999"' }, bodyFor(operation)),
    ))

  test('nothing here is a mistake of ours', async () => {
    const wrong: string[] = []
    for (const operation of writing) {
      const [path] = ownPath(operation)
      const init = { etag: '*', headers: {} }
      const dry = operation.effect === 'write' ? '?dry_run=true' : undefined
      if (!dry) continue
      const { status, text } = await ask(operation, path + dry, init, bodyFor(operation))
      if (status >= 500) wrong.push(`${operation.id}: ${text}`)
    }
    expect(wrong).toEqual([])
  })
})

async function raw(
  operation: Operation,
  path: string,
  type: string,
  body: string,
): Promise<Answer> {
  const response = await shop.house.app.handle(
    new Request(`http://localhost${path}`, {
      method: operation.method,
      headers: {
        authorization: `Bearer ${tokenFor(operation)}`,
        'content-type': type,
        'idempotency-key': crypto.randomUUID(),
      },
      body,
    }),
  )
  const text = await response.text()
  const parsed = JSON.parse(text) as Record<string, unknown>
  return { status: response.status, headers: response.headers, body: parsed, text }
}
