/** Writes the pages about running an installation: its commands and its settings. */
import { help, overview, type Command } from './command.ts'
import { code, document, fenced, table } from './markdown.ts'
import { setting_names, setting_summaries, setting_table, type Settings } from './settings.ts'

/** What each command says about itself. */
export const renderCommands = (commands: readonly Command[]): string =>
  document(
    'Commands',
    '`src/commands`',
    fenced(overview(commands)),
    'A command that works on the data folder runs inside the server while one is running.',
    ...commands.flatMap((command) => [
      `## stowage ${command.name}`,
      fenced(help(command, setting_summaries)),
    ]),
  )

/** Defaults as they read in a document: a path is shown as it is made, from the folder of the data. */
function defaultOf(name: keyof Settings): string {
  const given = {
    data: 'data',
    port: '3210',
    public_url: 'http://localhost:3210',
  } as unknown as Settings
  if (name === 'data') return code('data')
  const value = String(setting_table[name].fallback(given))
  return value === '' ? '' : code(value)
}

export const renderSettings = (): string =>
  document(
    'Settings',
    '`src/commands/settings.ts`',
    [
      'A flag (`--public-url`, where a command knows it) wins over the environment (`STOWAGE_PUBLIC_URL`),',
      'which wins over `stowage.json` in the data folder (`"public_url"`), which wins over the default.',
      '`stowage config show` says which value came from where.',
    ],
    table(
      ['setting', 'environment', 'default', 'meaning'],
      setting_names.map((name) => [
        code(name),
        code(`STOWAGE_${name.toUpperCase()}`),
        defaultOf(name),
        setting_summaries[name] + ('secret' in setting_table[name] ? ' Never shown.' : ''),
      ]),
    ),
  )
