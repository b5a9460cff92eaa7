/** Writes what is documented from the code itself: the OpenAPI document and the reference pages. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { renderCarrierReference } from '../carriers/reference.ts'
import { text, type Command, type FreeCommand } from './command.ts'
import { openapiText } from './openapi.ts'
import { renderCommands, renderSettings } from './reference-commands.ts'
import { renderEvents, renderPermissions, renderProblems } from './reference-tables.ts'

/** Every generated file by its path below `docs/`; the same text for the same code. */
export const generatedFiles = (commands: readonly Command[]): Record<string, string> => ({
  'openapi.yaml': openapiText(),
  'reference/carriers.md': renderCarrierReference(),
  'reference/commands.md': renderCommands(commands),
  'reference/events.md': renderEvents(),
  'reference/permissions.md': renderPermissions(),
  'reference/problems.md': renderProblems(),
  'reference/settings.md': renderSettings(),
})

/** @param commands the table it stands in itself */
export const referenceOf = (commands: () => readonly Command[]): FreeCommand => ({
  name: 'reference',
  summary: 'Write the OpenAPI document and the reference pages of this release.',
  options: { to: { value: 'folder', summary: 'Write them there instead of docs.' } },
  place: 'free',
  async run(words, _, print) {
    const folder = text(words, 'to') ?? 'docs'
    for (const [path, content] of Object.entries(generatedFiles(commands()))) {
      writeFileSync(join(folder, path), content)
      print(join(folder, path))
    }
  },
})
