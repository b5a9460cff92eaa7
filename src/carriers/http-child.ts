/** Run by http.test.ts with a hostile environment; prints what plain fetch and ours made of it. */
import { systemClock } from '../kit/clock.ts'
import type { Connection } from './contract.ts'
import { bodyText } from './exchange.ts'
import { send } from './http.ts'
import { sendle } from './sendle/carrier.ts'
import { TokenCache } from './tokens.ts'

const [, , what, target] = process.argv

const ask = (base_url: string) => {
  const connection: Connection = {
    id: 'con_1',
    carrier_id: 'sendle',
    mode: 'simulator',
    base_url,
    credentials: { sendle_id: 'lighthouse', api_key: 'key' },
    config: {},
  }
  return send({ method: 'GET', path: '/x', effect: 'read' }, sendle, connection, {
    clock: systemClock,
    tokens: new TokenCache(),
    deadline_at_ms: systemClock.now() + 5_000,
    sleep: () => Promise.resolve(),
  })
}

if (what === 'proxy') {
  const plain = await (await globalThis.fetch(`${target}/x`)).text()
  const ours = await ask(target!)
  console.log(JSON.stringify({ plain, ours: ours.kind === 'answered' && bodyText(ours.response) }))
} else {
  // The self-signed certificate that a development tool brings along for its own tests.
  const tool = (await import('smtp-server/lib/tls-options.js' as string)) as {
    default: (options?: object) => { key: string; cert: string }
  }
  const { key, cert } = tool.default()
  let reached = 0
  const server = Bun.serve({
    port: 0,
    tls: { key, cert },
    fetch: () => {
      reached += 1
      return new Response('hello')
    },
  })
  const url = `https://127.0.0.1:${server.port}`
  const plain = (await globalThis.fetch(`${url}/x`)).status
  const ours = (await ask(url)).kind
  console.log(JSON.stringify({ plain, ours, reached }))
  await server.stop(true)
}
