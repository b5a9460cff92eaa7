/** Shows the settings that apply here, and where each came from. */
import { litestreamConfiguration } from '../replication/settings.ts'
import { UsageError, type FreeCommand } from './command.ts'
import { readSettings, setting_names, setting_table, type Settings } from './settings.ts'

export const configShow: FreeCommand = {
  name: 'config show',
  summary: 'Show the settings that apply here.',
  options: { origin: { summary: 'Say where each value came from.' } },
  settings: setting_names,
  place: 'free',
  async run({ options, flags }, settings, print) {
    const { origins } = readSettings(flags, process.env)
    for (const name of setting_names) {
      const origin = options.origin ? `  (${origins[name]})` : ''
      print(`${name} = ${shown(name, settings)}${origin}`)
    }
  },
}

export const configLitestream: FreeCommand = {
  name: 'config litestream',
  summary: 'Print the configuration for a Litestream that runs as its own service.',
  settings: ['litestream_socket'],
  place: 'free',
  async run(_, { litestream_socket }, print) {
    if (!litestream_socket) throw new UsageError('--litestream-socket is needed.')
    print(litestreamConfiguration(litestream_socket))
  },
}

function shown(name: keyof Settings, settings: Settings): string {
  const secret = 'secret' in setting_table[name] && settings[name] !== ''
  return secret ? '[set]' : String(settings[name])
}
