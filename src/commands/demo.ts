/** Opens a shop to look around in, on this machine, with carriers that are only simulated. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { reference_path } from '../operations/reference.ts'
import { UsageError, type FreeCommand, type Print } from './command.ts'
import { company } from './demo/company.ts'
import { demoSettings, makeDemo, openOutside, readNote, type Note } from './demo/make.ts'
import { operator } from './demo/seed.ts'
import { serveUntilAsked } from './serve.ts'
import type { Settings } from './settings.ts'

export const demo: FreeCommand = {
  name: 'demo',
  summary: 'Open a shop to look around in, on this machine.',
  settings: ['data', 'port'],
  place: 'free',
  async run({ flags }, given, print) {
    const wanted = flags.data ?? process.env.STOWAGE_DATA
    const settings = demoSettings(given, wanted ? given.data : resolve('data/demo'))
    if (!existsSync(join(settings.data, 'platform.db'))) await makeDemo(settings)
    const note = readNote(settings.data)
    if (!note) throw new UsageError(`${settings.data} is an installation, not a demonstration.`)
    await openOutside(settings.data, note)
    const simulator = `http://127.0.0.1:${note.simulator_port}`
    await serveUntilAsked({ ...settings, simulator }, () => welcome(settings, note, print))
  },
}

function welcome({ public_url }: Settings, { password, token }: Note, print: Print): void {
  const { protocol, host } = new URL(public_url)
  const lines = [
    '',
    `${company.name} is open.`,
    '',
    `  Console    ${protocol}//${company.slug}.${host}`,
    `             or ${public_url} and the business "${company.slug}"`,
    `  Sign in    ${company.owner.email}`,
    `  Password   ${password}`,
    '',
    `  Operator   ${public_url}, ${operator.email}, the same password`,
    `  API token  ${token}`,
    `  API docs   ${public_url}${reference_path}`,
    '',
    'Ctrl-C closes it; the next start finds everything as you left it.',
  ]
  for (const line of lines) print(line)
}
