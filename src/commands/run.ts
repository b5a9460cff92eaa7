/** Runs what was asked for on the command line and says how it went, as an exit code. */
import { Problem } from '../kit/problem.ts'
import {
  findCommand,
  help,
  overview,
  parseWords,
  UsageError,
  type Command,
  type HouseCommand,
  type Parsed,
  type Print,
} from './command.ts'
import { sendCommand } from './control.ts'
import { guarded } from './guarded.ts'
import { openInstallation } from './installation.ts'
import { openLog } from './log.ts'
import { readSettings, setting_summaries, type Settings } from './settings.ts'
import { commands } from './table.ts'
import { versionLine } from './version.ts'

const print: Print = (line) => process.stdout.write(`${line}\n`)
const complain: Print = (line) => process.stderr.write(`${line}\n`)

// Whoever read us has seen enough: `stowage tenant list | head`.
process.stdout.on('error', (error: Error & { code?: string }) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1)
})

export async function runCommandLine(words: readonly string[]): Promise<number> {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h' || words[0] === 'help') {
    print(overview(commands))
    return 0
  }
  if (words[0] === '--version') {
    print(versionLine())
    return 0
  }
  return guarded(complain, async () => {
    const command = known(words)
    const parsed = parseWords(command, words)
    if (parsed.help) {
      print(help(command, setting_summaries))
      return 0
    }
    const { settings } = readSettings(parsed.words.flags, process.env)
    if (command.place === 'free') return (await command.run(parsed.words, settings, print)) ?? 0
    const elsewhere = await sendCommand(settings.data, words, print)
    return elsewhere ?? runAlone(command, parsed, settings)
  })
}

function known(words: readonly string[]): Command {
  const command = findCommand(commands, words)
  if (command) return command
  throw new UsageError(`There is no command "${words.join(' ')}". stowage --help lists them.`)
}

async function runAlone(command: HouseCommand, { words }: Parsed, settings: Settings) {
  const { log, flush } = openLog('error')
  const onWait = () => {
    throw new Problem('unavailable', 'Another process holds the data folder and does not answer.')
  }
  const replicate = command.replicates ?? false
  const installation = await openInstallation(settings, log, { onWait, replicate })
  try {
    return (await command.run(words, installation, print)) ?? 0
  } finally {
    await installation.close()
    flush()
  }
}
