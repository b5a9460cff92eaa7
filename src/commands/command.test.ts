import { describe, expect, test } from 'bun:test'
import { findCommand, help, overview, parseWords, UsageError } from './command.ts'
import { setting_summaries } from './settings.ts'
import { commands } from './table.ts'

describe.each(commands.map((command) => [command.name, command] as const))(
  '%s',
  (name, command) => {
    const words = name.split(' ')

    test('is found by its name, listed, and explains itself', () => {
      expect(findCommand(commands, words)).toBe(command)
      expect(overview(commands)).toContain(command.summary)
      expect(parseWords(command, [...words, '--help']).help).toBe(true)
      const said = help(command, setting_summaries)
      for (const option of Object.keys(command.options ?? {})) expect(said).toContain(`--${option}`)
    })

    test('refuses what it does not know', () => {
      expect(() => parseWords(command, [...words, '--no-such-option'])).toThrow(UsageError)
      const surplus = Array.from({ length: 9 }, () => 'surplus')
      expect(() => parseWords(command, [...words, ...surplus])).toThrow(UsageError)
    })

    test('asks for the arguments it needs', () => {
      const needed = command.arguments?.some((argument) => !argument.endsWith('?')) ?? false
      const read = () => parseWords(command, words)
      if (needed) expect(read).toThrow(UsageError)
      else expect(read().words.options).toBeDefined()
    })
  },
)

test('the longest name wins', () => {
  expect(findCommand(commands, ['backup', 'list'])?.name).toBe('backup list')
  expect(findCommand(commands, ['backup', '--data', 'x'])?.name).toBe('backup')
})
