import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { eventTypes } from '../app.ts'
import { requireShape } from '../operations/validate.ts'
import { OutboxReaders } from './outbox-readers.ts'
import type { InsideReader, OutsideReader } from './read-outbox.ts'
import { matchesType } from './patterns.ts'
import type { Event, EventTypeEntry } from './schema.ts'
import { insertEvent, lastSeq, readerPosition } from './store.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

interface Page {
  data: Event[]
  has_more: boolean
  next_cursor: string | null
}

const file = () => shop.data.tenants.at(shop.tenant.id)
const write = (organization_id: string, types: string[], subject_id = 'x') =>
  file().write(systemScope('test', organization_id, shop.tenant.id), (tx) => {
    for (const type of types) {
      insertEvent(tx, {
        seq: lastSeq(tx) + 1,
        id: tx.id('evt'),
        type,
        organization_id,
        subject_id,
        occurred_at: tx.now,
        request_id: '',
        data: '{}',
      })
    }
  })

async function walk(query: string): Promise<{ seen: Event[]; pages: number }> {
  const seen: Event[] = []
  let cursor = ''
  let pages = 0
  do {
    const page = await shop.done<Page>(`GET /v1/events?${query}${cursor}`)
    seen.push(...page.data)
    cursor = page.next_cursor === null ? '' : `&cursor=${page.next_cursor}`
    pages += 1
  } while (cursor && pages < 50)
  return { seen, pages }
}

test('the feed is in order, whole, confined, and filtered by type and subject', async () => {
  const mine = shop.tenant.organization_id
  for (let n = 0; n < 5; n += 1) await shop.done('POST /v1/items', { sku: `S-${n}`, name: 'S' })
  await write('org_other', ['item.created', 'item.created'])
  await write(mine, ['order.placed', 'item.created'], 'ord_1')
  const { seen } = await walk('limit=2')
  expect(seen.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 8, 9])
  const backwards = await walk('limit=3&sort=-seq')
  expect(backwards.seen).toEqual(seen.toReversed())
  expect((await walk('after=5&type=item.*')).seen.map(({ seq }) => seq)).toEqual([9])
  expect((await walk('subject_id=ord_1')).seen.map(({ type }) => type)).toEqual([
    'order.placed',
    'item.created',
  ])
  const one = await shop.done<Event>(`GET /v1/events/${seen[0]!.id}`)
  expect(one).toEqual(seen[0]!)
  const [foreign] = file().read(systemScope('test'), (read) =>
    read.all<{ id: string }>("SELECT id FROM events WHERE organization_id = 'org_other'"),
  )
  expect((await shop.send(`GET /v1/events/${foreign!.id}`)).status).toBe(404)
})

test('a rare type among many is found page by page, forwards and backwards', async () => {
  const mine = shop.tenant.organization_id
  await write(mine, ['rare.one'])
  for (let n = 0; n < 24; n += 1) await write(mine, Array<string>(1_000).fill('item.updated'))
  await write(mine, ['rare.one', 'rare.two'])
  for (const sort of ['seq', '-seq']) {
    const { seen, pages } = await walk(`type=rare.*&limit=10&sort=${sort}`)
    const types = seen.map(({ type }) => type)
    expect(sort === 'seq' ? types : types.toReversed()).toEqual([
      'rare.one',
      'rare.one',
      'rare.two',
    ])
    expect(pages).toBe(3)
  }
})

test('the catalogue has every type with a schema and an example that fits it', async () => {
  const { data } = await shop.done<{ data: EventTypeEntry[] }>('GET /v1/event_types')
  expect(data.map(({ type }) => type)).toEqual(eventTypes.map(({ type }) => type).sort())
  for (const { type, example } of data) {
    requireShape(eventTypes.find((each) => each.type === type)!.data, example)
  }
})

test('patterns', () => {
  expect(matchesType(['*'], 'item.created')).toBe(true)
  expect(matchesType(['item.*'], 'item.created')).toBe(true)
  expect(matchesType(['item.*'], 'items.created')).toBe(false)
  expect(matchesType(['item.created'], 'item.updated')).toBe(false)
})

test('readers keep their own places, survive failures, and begin again from anywhere', async () => {
  const inside: number[] = []
  const outside: number[] = []
  let fails = true
  const counting: InsideReader = {
    name: 'counting',
    concerns: (_read, events) => events.some(({ type }) => type === 'rare.two'),
    handle: (_tx, events) => {
      inside.push(...events.filter(({ type }) => type === 'rare.two').map(({ seq }) => seq))
    },
  }
  const telling: OutsideReader = {
    name: 'telling',
    concerns: (_read, events) => events.some(({ type }) => type.startsWith('rare.')),
    deliver: async (_tenant_id, events) => {
      if (fails) throw new Error('the other side is down')
      outside.push(...events.filter(({ type }) => type.startsWith('rare.')).map(({ seq }) => seq))
    },
  }
  const readers = new OutboxReaders(
    shop.data.tenants,
    [counting, telling],
    pino({ level: 'silent' }),
  )
  readers.start()
  await readers.idle()
  const at = (name: string) =>
    file().read(systemScope('test'), (read) => readerPosition(read, name))
  const last = file().read(systemScope('test'), lastSeq)
  expect(inside).toEqual([last])
  expect(outside).toEqual([])
  expect(at('counting')).toBe(last)
  expect(at('telling')).toBe(0)

  fails = false
  await write(shop.tenant.organization_id, ['rare.two'])
  await readers.idle()
  expect(inside).toEqual([last, last + 1])
  expect(outside).toEqual([10, last - 1, last, last + 1])
  expect(at('telling')).toBe(last + 1)

  await readers.rewind(shop.tenant.id, 'counting', last)
  await readers.idle()
  expect(inside).toEqual([last, last + 1, last + 1])
  await readers.stop()
})
