/** A real Caddy in front of a real server: it fetches certificates for what leads somewhere, and for nothing else. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import { Shop } from '../../tests/shop.ts'
import { openTexts } from './find-texts.ts'
import type { Domain } from './schema.ts'
import { DnsServer } from './testing/dns-server.ts'

const caddy = findProgram('caddy')
const curl = findProgram('curl')
const missing = !caddy || !curl

let dns: DnsServer
let shop: Shop
let folder: string
let process_of_caddy: Bun.Subprocess | undefined
let https_port: number

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

const config = (ours: number, http_port: number): string => `{
  admin off
  skip_install_trust
  auto_https disable_redirects
  http_port ${http_port}
  https_port ${https_port}
  storage file_system ${folder}/storage
  on_demand_tls {
    ask http://127.0.0.1:${ours}/ask
  }
}
https:// {
  bind 127.0.0.1
  tls internal {
    on_demand
  }
  reverse_proxy 127.0.0.1:${ours}
}
`

/** What a browser would get there: the page, or that no secure connection came about. */
async function open(host: string): Promise<{ exit_code: number; page: string }> {
  const address = `${host}:${https_port}:127.0.0.1`
  const args = ['-sk', '--max-time', '20', '--noproxy', '*', '--resolve', address]
  const child = Bun.spawn([curl!, ...args, `https://${host}:${https_port}/sign-in`])
  const page = await new Response(child.stdout).text()
  return { exit_code: await child.exited, page }
}

beforeAll(async () => {
  if (missing) return
  dns = await DnsServer.start()
  shop = await Shop.open({ services: { findTexts: openTexts([dns.address]) } })
  folder = mkdtempSync(join(tmpdir(), 'stowage-caddy-'))
  https_port = await freePort()
  shop.house.app.listen({ hostname: '127.0.0.1', port: 0 })
  const file = join(folder, 'Caddyfile')
  writeFileSync(file, config(shop.house.app.server!.port!, await freePort()))
  process_of_caddy = Bun.spawn([caddy!, 'run', '--adapter', 'caddyfile', '--config', file], {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdout: 'ignore',
    stderr: Bun.file(join(folder, 'log')),
  })
  // The port is open a moment after the start; a name it may not serve is refused either way.
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await open('harbour.localhost')).exit_code !== 7) return
    await Bun.sleep(100)
  }
}, 60_000)

afterAll(async () => {
  if (missing) return
  process_of_caddy?.kill()
  await process_of_caddy?.exited
  await shop.house.app.server?.stop(true)
  await shop.close()
  await dns.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.skipIf(missing)(
  'a name below ours and a proven domain are served, others get no certificate',
  async () => {
    expect(await open('harbour.localhost')).toMatchObject({
      exit_code: 0,
      page: expect.stringContaining('Sign in to Harbour Goods') as unknown,
    })
    const domain = await shop.done<Domain>('POST /v1/domains', { domain: 'shop.harbour.example' })
    // 35: the TLS handshake failed, because there is no certificate.
    expect((await open('shop.harbour.example')).exit_code).toBe(35)
    expect((await open('stranger.localhost')).exit_code).toBe(35)
    dns.texts.set(domain.proof!.record, [domain.proof!.value])
    await shop.done(`POST /v1/domains/${domain.id}/verify`)
    expect(await open('shop.harbour.example')).toMatchObject({
      exit_code: 0,
      page: expect.stringContaining('Sign in to Harbour Goods') as unknown,
    })
  },
  60_000,
)
