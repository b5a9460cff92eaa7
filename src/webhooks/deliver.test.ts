import { afterEach, beforeEach, expect, test } from 'bun:test'
import { Webhook } from 'standardwebhooks'
import { Shop } from '../../tests/shop.ts'
import { day_ms, hour_ms, minute_ms, second_ms } from '../kit/clock.ts'
import { ladder_ms } from './dispatch/ladder.ts'
import type { Delivery, DeliveryDetail, EndpointSecret, Health } from './schema.ts'
import { Hooks, Peer } from './testing/hooks.ts'

let shop: Shop
let hooks: Hooks
const peers: Peer[] = []

const peer = (...answering: ConstructorParameters<typeof Peer>): Peer => {
  const made = new Peer(...answering)
  peers.push(made)
  return made
}

beforeEach(async () => {
  shop = await Shop.open()
  hooks = new Hooks(shop, { timeout_ms: 4_000 })
})
afterEach(async () => {
  for (const each of peers.splice(0)) await each.stop()
  await hooks.stop()
  await shop.close()
})

const deliveries = (query = '') =>
  shop.done<{ data: Delivery[] }>(`GET /v1/webhook_deliveries?${query}`).then(({ data }) => data)
const health = (id: string) => shop.done<Health>(`GET /v1/webhook_endpoints/${id}/health`)

test('an event reaches its subscriber, signed so that the published library accepts it', async () => {
  shop.clock.set(Date.now())
  const subscriber = peer()
  const { secret } = await hooks.subscribe(subscriber.url)
  await hooks.tellSomething('MUG')
  await hooks.settled()
  const [got] = subscriber.received
  const verified = new Webhook(secret).verify(got!.body, got!.headers) as Record<string, unknown>
  expect(verified).toMatchObject({ type: 'item.created', data: { sku: 'MUG' } })
  expect(verified.id).toBe(got!.headers['webhook-id'])
  expect(got!.headers.host).toBe(new URL(subscriber.url).host)
  expect(() => new Webhook(secret).verify(`${got!.body} `, got!.headers)).toThrow()
  const [delivery] = await deliveries()
  expect(delivery).toMatchObject({ state: 'succeeded', attempt_count: 1, last_status_code: 200 })
})

test('during the grace of a rotation both secrets sign, and after it only the new one', async () => {
  shop.clock.set(Date.now())
  const subscriber = peer()
  const { id, secret } = await hooks.subscribe(subscriber.url)
  const rotated = await shop.done<EndpointSecret>(
    `POST /v1/webhook_endpoints/${id}/rotate_secret`,
    { grace_hours: 1 },
  )
  expect(rotated.previous_secret).toBe(secret)
  expect(rotated.secret).not.toBe(secret)
  await hooks.tellSomething()
  await hooks.settled()
  const [during] = subscriber.received
  new Webhook(rotated.secret).verify(during!.body, during!.headers)
  new Webhook(secret).verify(during!.body, during!.headers)

  shop.clock.advance(hour_ms)
  const revealed = await shop.done<EndpointSecret>(`POST /v1/webhook_endpoints/${id}/reveal_secret`)
  expect(revealed).toMatchObject({ secret: rotated.secret, previous_secret: null })
  await hooks.tellSomething()
  await hooks.settled()
  expect(during!.headers['webhook-signature']!.split(' ')).toHaveLength(2)
  expect(subscriber.received[1]!.headers['webhook-signature']!.split(' ')).toHaveLength(1)
})

test('the ladder is climbed rung by rung, then the delivery is given up and can be replayed', async () => {
  const subscriber = peer(() => new Response('no', { status: 500 }))
  const { id } = await hooks.subscribe(subscriber.url)
  await hooks.tellSomething()
  await hooks.settled()
  for (let rung = 1; rung < ladder_ms.length; rung += 1) {
    expect(subscriber.received).toHaveLength(rung)
    await hooks.after(ladder_ms[rung]! - 1)
    expect(subscriber.received).toHaveLength(rung)
    // Jitter adds at most a tenth.
    await hooks.after(ladder_ms[rung]! / 10 + 1)
  }
  expect(subscriber.received).toHaveLength(ladder_ms.length)
  const ids = new Set(subscriber.received.map(({ headers }) => headers['webhook-id']))
  expect(ids.size).toBe(1)
  const [dead] = await deliveries('state=failed')
  expect(dead).toMatchObject({ attempt_count: 10, last_status_code: 500 })
  await hooks.after(30 * day_ms)
  expect(subscriber.received).toHaveLength(10)

  subscriber.answering = () => new Response('yes')
  await shop.done(`POST /v1/webhook_deliveries/${dead!.id}/replay`)
  await hooks.settled()
  expect(subscriber.received).toHaveLength(11)
  expect((await deliveries('state=failed')).length).toBe(0)
  expect(await health(id)).toMatchObject({ state: 'healthy', pending_count: 0, failed_count: 0 })
})

test('failures in a row open the circuit: one probe at a time until one succeeds', async () => {
  let works = false
  const subscriber = peer(() => new Response('', { status: works ? 204 : 503 }))
  const { id } = await hooks.subscribe(subscriber.url, { max_concurrency: 1 })
  for (let n = 0; n < 8; n += 1) await hooks.tellSomething()
  await hooks.settled()
  expect(subscriber.received).toHaveLength(5)
  expect(await health(id)).toMatchObject({ state: 'paused', pending_count: 8 })
  expect(shop.events()).toContain('webhook_endpoint.failing')

  await hooks.after(30 * second_ms)
  expect(subscriber.received).toHaveLength(6)
  works = true
  await hooks.after(minute_ms)
  expect(await health(id)).toMatchObject({ state: 'healthy', consecutive_failures: 0 })
  await hooks.after(10 * minute_ms)
  expect(await health(id)).toMatchObject({ pending_count: 0, failed_count: 0 })
  expect(shop.events()).toContain('webhook_endpoint.recovered')
})

test('an endpoint that fails for five days is disabled and what waits can be replayed', async () => {
  const subscriber = peer(() => new Response('', { status: 500 }))
  const { id } = await hooks.subscribe(subscriber.url)
  await hooks.tellSomething()
  await hooks.settled()
  await hooks.after(5 * day_ms)
  expect(await health(id)).toMatchObject({ state: 'disabled', failed_count: 1 })
  expect(shop.events()).toContain('webhook_endpoint.disabled')
  const refused = await shop.send(`POST /v1/webhook_endpoints/${id}/replay`, {})
  expect(refused.body.code).toBe('webhook_endpoint_disabled')

  subscriber.answering = () => new Response('')
  await shop.done(`POST /v1/webhook_endpoints/${id}/enable`)
  const replayed = await shop.done(`POST /v1/webhook_endpoints/${id}/replay`, {})
  expect(replayed).toEqual({ queued: 1, has_more: false })
  await hooks.settled()
  expect(await health(id)).toMatchObject({ state: 'healthy', failed_count: 0 })
})

test('410 disables at once and nothing more is sent', async () => {
  const subscriber = peer(() => new Response('', { status: 410 }))
  const { id } = await hooks.subscribe(subscriber.url)
  await hooks.tellSomething()
  await hooks.settled()
  await hooks.tellSomething()
  await hooks.after(day_ms)
  expect(subscriber.received).toHaveLength(1)
  const endpoint = await shop.done(`GET /v1/webhook_endpoints/${id}`)
  expect(endpoint).toMatchObject({ disabled_reason: 'gone', version: 2 })

  subscriber.answering = () => new Response('')
  await shop.done(`POST /v1/webhook_endpoints/${id}/enable`)
  const missed = await shop.done(`POST /v1/webhook_endpoints/${id}/recover`, { after_seq: 0 })
  expect(missed).toMatchObject({ queued: 1, has_more: false })
  await hooks.settled()
  expect(subscriber.received).toHaveLength(2)
})

test('Retry-After is obeyed, up to a day', async () => {
  const waits = ['900', String(90 * 24 * 3_600)]
  const subscriber = peer((_got, nth) => {
    const headers = { 'retry-after': waits[nth - 1] ?? '0' }
    return new Response('', { status: nth <= 2 ? 429 : 200, headers })
  })
  await hooks.subscribe(subscriber.url)
  await hooks.tellSomething()
  await hooks.settled()
  await hooks.after(899 * second_ms)
  expect(subscriber.received).toHaveLength(1)
  await hooks.after(second_ms)
  expect(subscriber.received).toHaveLength(2)
  await hooks.after(day_ms - 1)
  expect(subscriber.received).toHaveLength(2)
  await hooks.after(1)
  expect(subscriber.received).toHaveLength(3)
})

test('a slow endpoint keeps to its lane and does not delay another', async () => {
  const release = Promise.withResolvers<void>()
  const slow = peer(async () => {
    await release.promise
    return new Response('late')
  })
  const quick = peer()
  await hooks.subscribe(slow.url, { max_concurrency: 2 })
  await hooks.subscribe(quick.url)
  for (let n = 0; n < 12; n += 1) await hooks.tellSomething()
  for (let tries = 0; tries < 800 && quick.received.length < 12; tries += 1) await Bun.sleep(5)
  expect(quick.received).toHaveLength(12)
  expect(slow.in_flight).toBe(2)
  release.resolve()
  await hooks.settled()
  expect(slow.received).toHaveLength(12)
  expect(slow.most_in_flight).toBe(2)
})

test('a redirect is not followed, a late answer is none, and both are kept with the attempt', async () => {
  await hooks.stop()
  hooks = new Hooks(shop, { timeout_ms: 300 })
  const elsewhere = peer()
  const subscriber = peer((_got, nth) =>
    nth === 1 ? Response.redirect(elsewhere.url, 302) : Bun.sleep(1_000).then(() => new Response()),
  )
  await hooks.subscribe(subscriber.url, { headers: { 'x-key': 'open sesame' } })
  await hooks.tellSomething()
  await hooks.settled()
  await hooks.after(6 * second_ms)
  expect(elsewhere.received).toHaveLength(0)
  const [delivery] = await deliveries()
  const shown = await shop.done<DeliveryDetail>(`GET /v1/webhook_deliveries/${delivery!.id}`)
  expect(shown.attempts.map(({ status_code }) => status_code)).toEqual([null, 302])
  expect(shown.attempts[0]!.error).toStartWith('timeout')
  expect(shown.attempts[0]!.request_headers).toMatchObject({
    'x-key': '[redacted]',
    'webhook-signature': '[redacted]',
    'webhook-id': delivery!.event_id,
  })
  expect(shown.request_body).toBe(subscriber.received[0]!.body)
  expect(subscriber.received[0]!.headers['x-key']).toBe('open sesame')
})

test('of an answer the beginning is kept, without its secrets', async () => {
  const headers = { 'set-cookie': 'session=1', 'x-trace': 'abc' }
  const subscriber = peer(() => new Response('x'.repeat(20_000), { status: 400, headers }))
  await hooks.subscribe(subscriber.url)
  await hooks.tellSomething()
  await hooks.settled()
  const [delivery] = await deliveries()
  const shown = await shop.done<DeliveryDetail>(`GET /v1/webhook_deliveries/${delivery!.id}`)
  expect(shown.attempts[0]).toMatchObject({
    response_body: 'x'.repeat(8_192),
    response_cut: true,
    response_headers: { 'set-cookie': '[redacted]', 'x-trace': 'abc' },
  })
})

test('endpoints are changed under If-Match, and those of another organization do not exist', async () => {
  const subscriber = peer()
  const { id } = await hooks.subscribe(subscriber.url)
  const path = `/v1/webhook_endpoints/${id}`
  expect((await shop.send(`PATCH ${path}`, { types: ['*'] })).status).toBe(428)
  const both = await Promise.all(
    ['a', 'b'].map((description) => shop.send(`PATCH ${path}`, { description }, { etag: '"1"' })),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])

  const other = await shop.done<{ id: string }>('POST /v1/organizations', {
    name: 'Second',
    slug: 'second',
  })
  const foreign = { headers: { 'stowage-organization': other.id } }
  expect((await shop.send(`GET ${path}`, undefined, foreign)).status).toBe(404)
  expect((await shop.send(`POST ${path}/reveal_secret`, undefined, foreign)).status).toBe(404)
  await shop.done('POST /v1/items', { sku: 'THEIRS', name: 'Theirs' }, foreign)
  await hooks.settled()
  expect(subscriber.received).toHaveLength(0)

  await shop.done(`DELETE ${path}`)
  expect((await shop.send(`GET ${path}`)).status).toBe(404)
  await hooks.tellSomething()
  await hooks.settled()
  expect(subscriber.received).toHaveLength(0)
})

test('what was on its way when the process died is sent again', async () => {
  const never = peer(() => new Promise<Response>(() => {}))
  await hooks.subscribe(never.url)
  await hooks.tellSomething()
  for (let tries = 0; tries < 800 && never.received.length === 0; tries += 1) await Bun.sleep(5)
  expect(never.received).toHaveLength(1)
  // The first dispatcher is left as a dead process leaves it: nothing recorded.
  never.answering = () => new Response('')
  const next = new Hooks(shop)
  await next.settled()
  expect(never.received).toHaveLength(2)
  expect(never.received[1]!.headers['webhook-id']).toBe(never.received[0]!.headers['webhook-id']!)
  expect((await deliveries())[0]).toMatchObject({ state: 'succeeded', attempt_count: 1 })
  await next.stop()
})

test('a test event goes to one endpoint only; a private address is refused', async () => {
  const one = peer()
  const other = peer()
  const { id } = await hooks.subscribe(one.url)
  await hooks.subscribe(other.url)
  await shop.done(`POST /v1/webhook_endpoints/${id}/test`)
  await hooks.settled()
  expect(one.types()).toEqual(['webhook_endpoint.test'])
  expect(other.received).toHaveLength(0)
  const refused = await shop.send('POST /v1/webhook_endpoints', { url: 'https://10.0.0.7/hooks' })
  expect(refused.body.code).toBe('webhook_url_refused')
})
