/** The one fetch: certificates are checked, proxies are not, answers have an end. */
import { afterAll, describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { ManualClock } from '../kit/clock.ts'
import type { Carrier, Connection } from './contract.ts'
import { send, type ExchangeRecord, type HttpOptions } from './http.ts'
import { redactText } from './redact.ts'
import { TokenCache } from './tokens.ts'
import { sendle } from './sendle/carrier.ts'

const clock = new ManualClock('2026-11-21T09:00:00Z')
const servers: { stop: (now: boolean) => unknown }[] = []
afterAll(() => {
  for (const server of servers) void server.stop(true)
})

const connect = (base_url: string): Connection => ({
  id: 'con_1',
  carrier_id: 'sendle',
  mode: 'simulator',
  base_url,
  credentials: { sendle_id: 'lighthouse', api_key: 'very-secret-key' },
  config: {},
})
const options = (more: Partial<HttpOptions> = {}): HttpOptions => ({
  clock,
  tokens: new TokenCache(),
  deadline_at_ms: clock.now() + 2_000,
  sleep: () => Promise.resolve(),
  ...more,
})
const carrier: Carrier = sendle

/** A server that counts what reaches it. */
function listen(answer: (request: Request) => Response | Promise<Response>) {
  let count = 0
  const server = Bun.serve({
    port: 0,
    hostname: '127.0.0.1',
    fetch: (request) => {
      count += 1
      return answer(request)
    },
  })
  servers.push(server)
  return { url: `http://127.0.0.1:${server.port}`, count: () => count }
}

test('an unknown certificate is refused, whatever the environment says', async () => {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, 'http-child.ts'), 'tls'], {
    env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const told = JSON.parse(await new Response(child.stdout).text()) as Record<string, unknown>
  // The plain fetch shows that the setting does work: it is ours that does not obey it.
  expect(told).toEqual({ plain: 200, ours: 'not_sent', reached: 1 })
})

test('a proxy of the environment is not used', async () => {
  const proxy = listen(() => new Response('from the proxy'))
  const target = listen(() => Response.json({ from: 'the carrier' }))
  const child = Bun.spawn(
    [process.execPath, join(import.meta.dir, 'http-child.ts'), 'proxy', target.url],
    {
      env: { ...process.env, HTTP_PROXY: proxy.url, http_proxy: proxy.url },
      stdout: 'pipe',
      stderr: 'pipe',
    },
  )
  const told = JSON.parse(await new Response(child.stdout).text()) as Record<string, unknown>
  expect(told).toEqual({ plain: 'from the proxy', ours: '{"from":"the carrier"}' })
  expect(proxy.count()).toBe(1)
})

describe('what is sent again', () => {
  test('a purchase never, whatever the answer', async () => {
    for (const status of [429, 500, 503]) {
      const server = listen(() => new Response('no', { status }))
      const call = { method: 'POST', path: '/api/orders', json: {}, effect: 'act' } as const
      await send(call, carrier, connect(server.url), options())
      expect({ status, count: server.count() }).toEqual({ status, count: 1 })
    }
  })

  test('a read up to three times, and not when it was refused', async () => {
    const call = { method: 'GET', path: '/api/products', effect: 'read' } as const
    for (const [status, count] of [
      [503, 3],
      [429, 3],
      [404, 1],
      [200, 1],
    ] as const) {
      const server = listen(() => new Response('x', { status }))
      await send(call, carrier, connect(server.url), options())
      expect({ status, count: server.count() }).toEqual({ status, count })
    }
  })

  test('no wait goes past the deadline', async () => {
    const server = listen(
      () => new Response('x', { status: 429, headers: { 'retry-after': '60' } }),
    )
    const waits: number[] = []
    const sleep = (duration_ms: number) => {
      waits.push(duration_ms)
      return Promise.resolve()
    }
    const call = { method: 'GET', path: '/x', effect: 'read' } as const
    const sent = await send(call, carrier, connect(server.url), options({ sleep }))
    expect(sent).toMatchObject({ kind: 'answered', response: { status: 429 } })
    expect(waits).toEqual([])
  })
})

test('an answer without end is given up', async () => {
  const chunk = new Uint8Array(4 * 1024 * 1024)
  const server = listen(
    () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            controller.enqueue(chunk)
          },
        }),
      ),
  )
  const call = { method: 'POST', path: '/x', json: {}, effect: 'act' } as const
  const far = options({ deadline_at_ms: clock.now() + 20_000 })
  expect(await send(call, carrier, connect(server.url), far)).toMatchObject({ kind: 'lost' })
})

test('a redirect is not followed: credentials stay with the carrier', async () => {
  const elsewhere = listen(() => new Response('thanks for the key'))
  const server = listen(() => Response.redirect(elsewhere.url))
  const call = { method: 'GET', path: '/x', effect: 'read' } as const
  const sent = await send(call, carrier, connect(server.url), options())
  expect(sent).toMatchObject({ kind: 'answered', response: { status: 302 } })
  expect(elsewhere.count()).toBe(0)
})

test('nothing was sent when nobody listens', async () => {
  const call = { method: 'POST', path: '/x', json: {}, effect: 'act' } as const
  const sent = await send(call, carrier, connect('http://127.0.0.1:1'), options())
  expect(sent.kind).toBe('not_sent')
})

test('the record of an exchange holds neither credentials nor label', async () => {
  const label = Buffer.alloc(600, 7).toString('base64')
  const server = listen(() =>
    Response.json({ label, echo: 'very-secret-key', access_token: 'abc' }),
  )
  const log: ExchangeRecord[] = []
  const call = {
    method: 'POST',
    path: '/x',
    json: { key: 'very-secret-key' },
    effect: 'act',
  } as const
  await send(call, carrier, connect(server.url), options({ log: (one) => log.push(one) }))
  const text = JSON.stringify(log)
  expect(log).toHaveLength(1)
  for (const secret of ['very-secret-key', 'abc', 'Basic', label])
    expect(text).not.toContain(secret)
  expect(log[0]!.response_body).toContain('800 characters of base64')
})

test('short values are no secrets: a country code does not blank out the log', () => {
  const connection = { ...connect('http://x'), credentials: { country: 'US', key: 'long-enough' } }
  expect(redactText('US long-enough', connection)).toBe('US [redacted]')
})
