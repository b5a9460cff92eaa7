/** Opens a shop to look around in, on this machine, with carriers that are only simulated. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { SetupLink } from '../access/schema.ts'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { reference_path } from '../operations/reference.ts'
import { inTenant } from './as-operator.ts'
import type { FreeCommand } from './command.ts'
import { seedDemo } from './demo-seed.ts'
import type { Installation } from './installation.ts'
import { serveUntilAsked } from './serve.ts'
import type { Settings } from './settings.ts'

export const demo: FreeCommand = {
  name: 'demo',
  summary: 'Open a shop to look around in, on this machine.',
  settings: ['data', 'port'],
  place: 'free',
  async run({ flags }, given, print) {
    const settings = settingsOf(given, flags.data ?? process.env.STOWAGE_DATA)
    const shop = join(settings.data, 'shop.json')
    await serveUntilAsked(settings, async ({ installation, url }) => {
      // Connections keep the address of their carrier, so it is the same at every start.
      const simulator = await startSimulator({ port: settings.port && settings.port + 1 })
      if (!existsSync(shop)) await openShop(installation, simulator, shop)
      const { id, token } = JSON.parse(readFileSync(shop, 'utf8')) as OpenShop
      print(`Come in: ${installation.services.public_url}${await wayIn(installation, id)}`)
      print(`A token for the API: ${token}`)
      print(`The API reference: ${url}${reference_path}`)
    })
  },
}

/** Nothing of the demonstration is worth copying, and its log would hide what it says. */
function settingsOf(given: Settings, wanted: string | undefined): Settings {
  const data = wanted ? given.data : resolve('data/demo')
  return {
    ...given,
    data,
    master_key_file: join(data, 'master.key'),
    replica: 'off',
    log_level: 'warn',
    private_hosts: 'localhost,127.0.0.1',
  }
}

interface OpenShop {
  id: string
  token: string
}

/** Leaves a note of the shop, so that the next start finds it again. */
async function openShop(
  installation: Installation,
  simulator: Simulator,
  note: string,
): Promise<void> {
  const { id, token } = await seedDemo(installation, simulator)
  writeFileSync(note, JSON.stringify({ id, token } satisfies OpenShop), { mode: 0o600 })
}

/** A link works once, so every start has its own: for the first who was there, the owner. */
async function wayIn(installation: Installation, tenant_id: string): Promise<string> {
  const first = { limit: 1, sort: 'created_at' }
  const found = await inTenant<Members>(installation, tenant_id, 'members.list', first)
  const { id } = found.data[0]!
  const renew = 'members.renew_setup_link'
  return (await inTenant<SetupLink>(installation, tenant_id, renew, { id })).setup_path
}

interface Members {
  data: { id: string }[]
}
