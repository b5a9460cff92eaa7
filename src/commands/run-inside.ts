/** What a server does with the words of a command that came over its socket. */
import { findCommand, parseWords, UsageError, type Print } from './command.ts'
import { guarded } from './guarded.ts'
import { house_commands } from './house-commands.ts'
import type { Installation } from './installation.ts'

export const runInside =
  (installation: Installation) =>
  (words: string[], say: Print): Promise<number> =>
    guarded(say, async () => {
      const command = findCommand(house_commands, words)
      if (command?.place !== 'house') throw new UsageError(`This server has no ${words.join(' ')}.`)
      const parsed = parseWords(command, words)
      return (await command.run(parsed.words, installation, say)) ?? 0
    })
