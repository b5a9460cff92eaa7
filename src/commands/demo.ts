/** Opens a shop to look around in, on this machine, with carriers that are only simulated. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FreeCommand } from './command.ts'
import { seedDemo } from './demo-seed.ts'
import { serveUntilAsked } from './serve.ts'

export const demo: FreeCommand = {
  name: 'demo',
  summary: 'Open a shop to look around in, on this machine.',
  settings: ['data', 'port'],
  place: 'free',
  async run({ flags }, given, print) {
    const data = (flags.data ?? process.env.STOWAGE_DATA) ? given.data : resolve('data/demo')
    const settings = {
      ...given,
      data,
      master_key_file: join(data, 'master.key'),
      replica: 'off',
      log_level: 'warn' as const,
    }
    const fresh = !existsSync(join(data, 'platform.db'))
    await serveUntilAsked(settings, async ({ installation, url }) => {
      if (fresh) {
        const { token } = await seedDemo(installation)
        print(`A token for the API: ${token}`)
      }
      print(`The API reference: ${url}/reference`)
    })
  },
}
