/** Opens a shop to look around in, on this machine, with carriers that are only simulated. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { FreeCommand } from './command.ts'
import { reference_path } from '../operations/reference.ts'
import { seedDemo } from './demo-seed.ts'
import type { Installation } from './installation.ts'
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
    const link = join(data, 'come-in.txt')
    await serveUntilAsked(settings, async ({ installation, url }) => {
      if (!existsSync(link)) await openShop(installation, link)
      print(readFileSync(link, 'utf8').trimEnd())
      print(`The API reference: ${url}${reference_path}`)
    })
  },
}

/** The shop's own note of how to get in, so that the next start can say it again. */
async function openShop(installation: Installation, note: string): Promise<void> {
  const { token, setup_path } = await seedDemo(installation)
  const { public_url } = installation.services
  const lines = [`Come in: ${public_url}${setup_path}`, `A token for the API: ${token}`]
  writeFileSync(note, `${lines.join('\n')}\n`, { mode: 0o600 })
}
