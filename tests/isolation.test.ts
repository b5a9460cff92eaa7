/**
 * Nobody sees or touches what belongs to another organization or another business. Every operation
 * of the table and every page is tried, by everybody who might, with ids that are not theirs: in the
 * path, in each filter, in each field of a body, and in no place at all.
 */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import type { TSchema } from '@sinclair/typebox'
import { operations, pages } from '../src/app.ts'
import { systemScope } from '../src/db/scope.ts'
import type { DatabaseFile } from '../src/db/file.ts'
import { exampleOf } from '../src/operations/example.ts'
import type { Operation } from '../src/operations/operation.ts'
import { foundTenant, type FoundedTenant } from '../src/tenants/found.ts'
import { Browser } from './browser.ts'
import { fingerprint, idsOf, prefixOf } from './inhabitants.ts'
import { idPlaces, leastWith } from './least-bodies.ts'
import { liveIn } from './lived-in.ts'
import { Shop, type Answer, type CallInit } from './shop.ts'

/** Whose things must stay unseen. */
interface Victim {
  name: string
  file: () => DatabaseFile
  organization_id: string
  ids: Map<string, string[]>
}

/** Who tries, with what is really his: a wrong id alone must make the difference. */
interface Attacker {
  name: string
  token: string
  headers: Record<string, string>
  own: Map<string, string[]>
  /** What he did himself, with success: the same again with one wrong id must fail. */
  diary: Deed[]
}

interface Deed {
  route: string
  body: unknown
}

type Attack = [Attacker, Victim]

const id_shape = /\b[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}\b/g
const ids_a_kind = 2

let shop: Shop
let attacks: Attack[]
let mara: Browser
let neighbour: Victim
let outlet: Victim
let cases = 0
const seen_before = new Map<Victim, string>()

beforeAll(async () => {
  shop = await Shop.open()
  const at_home: Deed[] = []
  const at_attic: Deed[] = []
  const elsewhere: Deed[] = []
  await liveIn(writingDown(at_home), shop.tenant.token)
  const [outlet_team, attic_team] = [
    await shop.organization('Outlet'),
    await shop.organization('Attic'),
  ]
  await liveIn(shop, outlet_team.token)
  await liveIn(writingDown(at_attic), attic_team.token)
  const other = await business('Neighbour', [])
  const third = await business('Stranger', elsewhere)
  const ours = () => shop.data.tenants.open(shop.tenant.id)
  const theirs = () => shop.data.tenants.open(other.id)
  outlet = victim('another organization', ours, outlet_team.id)
  neighbour = victim('another business', theirs, other.organization_id)
  const home = {
    token: shop.tenant.token,
    own: idsOf(ours(), shop.tenant.organization_id),
    diary: at_home,
  }
  const attic = { own: idsOf(ours(), attic_team.id), diary: at_attic }
  const in_attic = { 'stowage-organization': attic_team.id }
  const confined = {
    name: 'a token of an organization',
    token: attic_team.token,
    headers: {},
    ...attic,
  }
  const choosing = { ...home, name: 'a token that chose', headers: in_attic, ...attic }
  const leading = { ...home, name: 'a token of the business', headers: {} }
  const stranger = {
    name: 'a token of another business',
    token: third.token,
    headers: {},
    own: idsOf(shop.data.tenants.open(third.id), third.organization_id),
    diary: elsewhere,
  }
  attacks = [
    [confined, outlet],
    [choosing, outlet],
    [confined, neighbour],
    [leading, neighbour],
    [stranger, outlet],
  ]
  mara = await Browser.enter(shop, 'owner', attic_team.token)
  for (const each of [outlet, neighbour]) {
    seen_before.set(each, fingerprint(each.file(), each.organization_id))
  }
}, 120_000)
afterAll(() => shop.close())

/** The shop, remembering what was done through it. */
const writingDown = (diary: Deed[]): Shop =>
  Object.assign(Object.create(shop) as Shop, {
    done(route: string, body?: unknown, init?: CallInit) {
      diary.push({ route, body })
      return shop.done(route, body, init)
    },
  })

async function business(name: string, diary: Deed[]): Promise<FoundedTenant> {
  const founded = await foundTenant(shop.data, systemScope('test'), {
    name,
    domain: name.toLowerCase(),
    admin_email: 'owner@elsewhere.test',
    environment: 'sandbox',
  })
  await liveIn(writingDown(diary), founded.token)
  return founded
}

const victim = (name: string, file: () => DatabaseFile, organization_id: string): Victim => ({
  name,
  file,
  organization_id,
  ids: idsOf(file(), organization_id, ids_a_kind).set('org', [organization_id]),
})

/** The platform's own doors are closed to all of these, which the matrix holds. */
const open = operations.filter(({ level }) => level !== 'platform')

const prefixIn = (schema: TSchema): string | undefined =>
  /^\^([a-z]+)_\[/.exec((schema as { pattern?: string }).pattern ?? '')?.[1]

/** Ids of a kind that the victim has and the attacker has not. */
const stolen = ({ ids }: Victim, { own }: Attacker, prefix: string): string[] =>
  (ids.get(prefix) ?? []).filter((id) => !own.get(prefix)?.includes(id))

/** The ids in an example become those of the attacker. */
const honest = (example: unknown, { own }: Attacker): string =>
  JSON.stringify(example).replace(id_shape, (id) => own.get(prefixOf(id))?.[0] ?? id)

function pathWith(operation: Operation, ids: (prefix: string) => string | undefined): string {
  return operation.path.replace(/:(\w+)/g, (_, name: string) => {
    const example = String(exampleOf(operation.params.properties[name]!))
    return ids(prefixOf(example)) ?? example
  })
}

async function send(
  { token, headers }: Attacker,
  operation: Operation,
  path: string,
  body: string | undefined,
): Promise<Answer> {
  cases += 1
  const sent: unknown = body === undefined ? undefined : JSON.parse(body)
  return shop.send(`${operation.method} ${path}`, sent, { token, headers, etag: '*' })
}

/** Ids of the victim that an answer holds and the question did not. */
function leaked({ text }: Answer, { ids }: Victim, asked: string): string[] {
  return [...ids.values()].flat().filter((id) => text.includes(id) && !asked.includes(id))
}

/** What the attacker would really send: all that the table shows, and the least for each id there is. */
const bodiesOf = ({ body, example }: Operation, attacker: Attacker): string[] =>
  body
    ? [
        ...(example?.body ? [example.body] : []),
        exampleOf(body),
        ...idPlaces(body).map((place) => leastWith(body, place)),
      ].map((sent) => honest(sent, attacker))
    : []

describe('somebody else’s id', () => {
  test('in a path is not found', async () => {
    const wrong: string[] = []
    for (const [attacker, whose] of attacks) {
      for (const operation of open.filter(({ path }) => path.includes(':'))) {
        const prefixes = Object.values(operation.params.properties).map(prefixIn)
        for (const id of stolen(whose, attacker, prefixes[0] ?? '')) {
          const path = pathWith(operation, (prefix) => (prefix === prefixes[0] ? id : undefined))
          const body = bodiesOf(operation, attacker)[0]
          const answer = await send(attacker, operation, path, body)
          const nobodys = await send(
            attacker,
            operation,
            pathWith(operation, () => undefined),
            body,
          )
          // What needs a farther reach is refused whatever the id, so that nothing is learnt from it.
          const is_out_of_reach = answer.status === 403 && operation.level === 'tenant'
          if (answer.status !== nobodys.status || !(answer.status === 404 || is_out_of_reach)) {
            wrong.push(`${operation.id} by ${attacker.name} of ${whose.name}: ${answer.status}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  test('in a filter finds nothing', async () => {
    const wrong: string[] = []
    for (const [attacker, whose] of attacks) {
      for (const operation of open.filter(({ effect }) => effect === 'read')) {
        const own = pathWith(operation, (prefix) => attacker.own.get(prefix)?.[0])
        for (const [name, schema] of Object.entries(operation.query.properties)) {
          const kinds = prefixIn(schema)
            ? [prefixIn(schema)!]
            : name.endsWith('_id')
              ? [...whose.ids.keys()]
              : []
          for (const id of kinds.flatMap((kind) => stolen(whose, attacker, kind))) {
            const answer = await send(attacker, operation, `${own}?${name}=${id}`, undefined)
            const { data } = answer.body as { data?: unknown[] }
            if ((answer.status === 200 && data?.length) || answer.status >= 500) {
              wrong.push(
                `${operation.id}?${name} by ${attacker.name} of ${whose.name}: ${answer.text}`,
              )
            }
          }
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  test('in a body is refused, and nothing of it comes back', async () => {
    const wrong: string[] = []
    for (const [attacker, whose] of attacks) {
      for (const operation of open.filter(({ body }) => body)) {
        const path = pathWith(operation, (prefix) => attacker.own.get(prefix)?.[0])
        const places = bodiesOf(operation, attacker).flatMap((text) =>
          [...new Set(text.match(id_shape))].map((place) => ({ text, place })),
        )
        for (const { text, place } of places) {
          const id = stolen(whose, attacker, prefixOf(place))[0]
          if (!id) continue
          const body = text.replaceAll(place, id)
          const answer = await send(attacker, operation, path, body)
          const leaks = leaked(answer, whose, path + body)
          const refused = answer.status >= 400 && answer.status < 500
          const empty = operation.effect === 'read' && answer.status === 200
          if (!(refused || empty) || leaks.length > 0) {
            wrong.push(
              `${operation.id} by ${attacker.name} of ${whose.name}: ${answer.status} ${answer.text.slice(0, 300)}`,
            )
          }
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  test('in what he did with success before is refused', async () => {
    const wrong: string[] = []
    let repeated = 0
    for (const [attacker, whose] of attacks) {
      const { token, headers, diary } = attacker
      for (const { route, body } of diary) {
        const text = JSON.stringify(body ?? {})
        for (const place of new Set(text.match(id_shape))) {
          const id = stolen(whose, attacker, prefixOf(place))[0]
          if (!id) continue
          cases += 1
          repeated += 1
          const sent: unknown = JSON.parse(text.replaceAll(place, id))
          const answer = await shop.send(route, sent, { token, headers, etag: '*' })
          if (answer.status < 400 || answer.status >= 500) {
            wrong.push(`${route} by ${attacker.name} of ${whose.name}: ${answer.text}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
    expect(repeated).toBeGreaterThan(50)
  }, 120_000)
})

describe('without an id', () => {
  const words = ['Mug', 'MUG', 'Kiln', 'Main', 'Ada', 'harbour', 'Till', 'a', 'e']

  test('no list, search or report holds what is not theirs', async () => {
    const wrong: string[] = []
    for (const [attacker, whose] of attacks) {
      for (const operation of open.filter(({ effect, body }) => effect === 'read' && !body)) {
        const own = pathWith(operation, (prefix) => attacker.own.get(prefix)?.[0])
        const searches = Object.keys(operation.query.properties).filter((name) =>
          ['search', 'q', 'code', 'sku', 'name', 'number', 'kind'].includes(name),
        )
        const asked = ['', ...searches.flatMap((name) => words.map((word) => `?${name}=${word}`))]
        for (const question of asked) {
          const limit = 'limit' in operation.query.properties
          const more = limit ? `${question ? '&' : '?'}limit=100` : ''
          const answer = await send(attacker, operation, own + question + more, undefined)
          const leaks = leaked(answer, whose, own)
          if (leaks.length > 0 || answer.status >= 500) {
            wrong.push(
              `${operation.id}${question} by ${attacker.name}: ${leaks.join() || answer.text}`,
            )
          }
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)
})

describe('in the console', () => {
  const all = pages.flatMap((room) => room.pages).map(({ route }) => route.slice('GET '.length))
  const console_pages = all.filter((path) => !path.startsWith('/platform'))

  test('a page of somebody else’s is not found, and no page shows anything of theirs', async () => {
    const wrong: string[] = []
    for (const whose of [outlet, neighbour]) {
      for (const path of console_pages) {
        const names = path.match(/:(\w+)/g) ?? []
        const tried = names.length
          ? [...whose.ids.values()].map((ids) => path.replace(/:\w+/g, ids[0]!))
          : [path]
        for (const address of tried) {
          cases += 1
          const { status, html } = await mara.look(address)
          const answer = { text: html } as Answer
          const leaks = leaked(answer, whose, address)
          const hidden = names.length === 0 || status === 404 || status === 303 || status === 403
          if (leaks.length > 0 || !hidden || status >= 500) {
            wrong.push(`${address}: ${status} ${leaks.join()}`)
          }
        }
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)
})

test('after all of this nothing of theirs has changed, and it was tried often enough', () => {
  for (const [whose, before] of seen_before) {
    expect(fingerprint(whose.file(), whose.organization_id), whose.name).toBe(before)
  }
  process.stdout.write(`isolation: ${cases} cases\n`)
  expect(cases).toBeGreaterThanOrEqual(1_000)
})
