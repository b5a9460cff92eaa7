/** What a command is, how its words are read, and how its help is written. */
import { parseArgs } from 'node:util'
import type { Installation } from './installation.ts'
import type { Settings, SettingName } from './settings.ts'

export interface Option {
  /** What stands after it: `--to-time <time>`; absent for a switch. */
  value?: string
  summary: string
}

export interface Words {
  /** By the names of `Command.arguments`. */
  arguments: Record<string, string>
  options: Record<string, string | true | undefined>
  /** Settings that were given as flags. */
  flags: Partial<Record<SettingName, string>>
}

/** Writes one line for the person who asked. */
export type Print = (line: string) => void

interface Described {
  /** `tenant create` */
  name: string
  summary: string
  /** Names of what stands after the command; one that ends in `?` may be left out. */
  arguments?: readonly string[]
  options?: Record<string, Option>
  /** Settings that may be given as flags here. */
  settings?: readonly SettingName[]
}

/** Runs by itself. Returns the exit code; nothing is 0. */
export interface FreeCommand extends Described {
  place: 'free'
  run(words: Words, settings: Settings, print: Print): Promise<number | void>
}

/**
 * Works on the data folder, which belongs to one process: runs inside the server while one is
 * running, and by itself otherwise.
 */
export interface HouseCommand extends Described {
  place: 'house'
  /** Needs the continuous copies, also when it runs by itself. */
  replicates?: boolean
  run(words: Words, installation: Installation, print: Print): Promise<number | void>
}

export type Command = FreeCommand | HouseCommand

/** The words make no sense: the message says why, and the exit code is 2. */
export class UsageError extends Error {}

/** The text of an option that has a value. @throws UsageError when it is needed and absent */
export function required({ options }: Words, name: string): string {
  const value = options[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is needed.`)
  return value
}

export const text = ({ options }: Words, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}

/** The command whose name these words begin with; the longest name wins. */
export function findCommand(
  commands: readonly Command[],
  words: readonly string[],
): Command | undefined {
  return commands
    .filter(({ name }) => name.split(' ').every((word, index) => words[index] === word))
    .sort((a, b) => b.name.length - a.name.length)[0]
}

export interface Parsed {
  words: Words
  help: boolean
}

/** @throws UsageError for an unknown option, a missing or a surplus argument */
export function parseWords(command: Command, all: readonly string[]): Parsed {
  const options = {
    help: { type: 'boolean' as const, short: 'h' },
    ...Object.fromEntries(
      Object.entries(command.options ?? {}).map(([name, { value }]) => [
        name,
        { type: value ? ('string' as const) : ('boolean' as const) },
      ]),
    ),
    ...Object.fromEntries(
      (command.settings ?? []).map((name) => [flagOf(name), { type: 'string' as const }]),
    ),
  }
  const rest = all.slice(command.name.split(' ').length)
  const { values, positionals } = parse(rest, options)
  const flags: Words['flags'] = {}
  for (const name of command.settings ?? []) {
    const value = values[flagOf(name)]
    if (typeof value === 'string') flags[name] = value
  }
  const help = values.help === true
  const named = help ? {} : nameArguments(command, positionals)
  const given = values as Words['options']
  return { words: { arguments: named, options: given, flags }, help }
}

function parse(args: string[], options: Record<string, { type: 'string' | 'boolean' }>) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: true })
  } catch (error) {
    throw new UsageError((error as Error).message)
  }
}

function nameArguments(command: Command, given: string[]): Record<string, string> {
  const expected = command.arguments ?? []
  if (given.length > expected.length) {
    throw new UsageError(`"${given[expected.length]}" was not expected.`)
  }
  const named: Record<string, string> = {}
  for (const [index, name] of expected.entries()) {
    const value = given[index]
    if (value !== undefined) named[name.replace('?', '')] = value
    else if (!name.endsWith('?')) throw new UsageError(`<${name}> is needed.`)
  }
  return named
}

/** `public_url` is written `--public-url`. */
export const flagOf = (name: string): string => name.replaceAll('_', '-')

/** The list of all commands. */
export function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return [
    'Stowage: stock and shipping for many businesses in one executable.',
    '',
    'Usage: stowage <command> [options]',
    '',
    ...lines,
    '',
    'stowage <command> --help says more; stowage --version says which one this is.',
  ].join('\n')
}

export function help(command: Command, summaries: Record<SettingName, string>): string {
  const args = (command.arguments ?? [])
    .map((name) => (name.endsWith('?') ? ` [${name.slice(0, -1)}]` : ` <${name}>`))
    .join('')
  const options: [string, string][] = [
    ...Object.entries(command.options ?? {}).map(([name, { value, summary }]): [string, string] => [
      `--${name}${value ? ` <${value}>` : ''}`,
      summary,
    ]),
    ...(command.settings ?? []).map((name): [string, string] => [
      `--${flagOf(name)} <${name}>`,
      summaries[name],
    ]),
    ['--help', 'Say this.'],
  ]
  const width = Math.max(...options.map(([name]) => name.length))
  return [
    command.summary,
    '',
    `Usage: stowage ${command.name}${args} [options]`,
    '',
    ...options.map(([name, summary]) => `  ${name.padEnd(width)}  ${summary}`),
  ].join('\n')
}
