/** Answers a TLS server in front of us that asks whether it may fetch a certificate for a name. */
import type { Elysia } from 'elysia'
import { readHostName } from '../kit/host-names.ts'
import { Problem } from '../kit/problem.ts'
import { businessOfHost } from '../access/host-map.ts'
import type { Door } from '../operations/door.ts'
import { AddressLimiter } from '../operations/rate-limit.ts'
import { addressOf, mount, type Exchange } from '../operations/rest.ts'

/** From one address: a server with many names starts many handshakes at once. */
const rate = { per_second: 50, burst: 500 }

/**
 * `GET /ask?domain=shop.example.com`: 200 for a verified domain and for the name of a business below
 * our own, 404 for everything else. Whoever asks learns no more than a look at the page would tell.
 */
export function mountAsk(app: Elysia, door: Door): void {
  const limiter = new AddressLimiter(door.data.clock, rate)
  mount(app, 'GET', '/ask', (exchange) => {
    const { request, set } = exchange
    try {
      limiter.take(addressOf(door, exchange))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      Object.assign(set.headers, error.headers)
      return say(set, error.status, 'too often')
    }
    const asked = new URL(request.url).searchParams.get('domain') ?? ''
    const { data, services } = door
    const known = businessOfHost(data, services.public_url, readHostName(asked) ?? asked)
    return known ? say(set, 200, 'yes') : say(set, 404, 'no')
  })
}

function say(set: Exchange['set'], status: number, text: string): string {
  set.status = status
  set.headers['content-type'] = 'text/plain; charset=utf-8'
  set.headers['cache-control'] = 'no-store'
  return text
}
