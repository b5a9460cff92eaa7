/** Writes the OpenAPI document of this release. */
import { writeFileSync } from 'node:fs'
import { operations } from '../app.ts'
import { renderOpenapi } from '../operations/openapi.ts'
import { text, type FreeCommand } from './command.ts'

/** The document as YAML, the same text for the same table. */
export const openapiText = (): string =>
  `# Written by \`bun run openapi\` from the operation table: do not edit.\n` +
  `${Bun.YAML.stringify(renderOpenapi(operations), null, 2)}\n`

export const openapi: FreeCommand = {
  name: 'openapi',
  summary: 'Write the OpenAPI document of this release.',
  options: { to: { value: 'file', summary: 'Write it there instead of docs/openapi.yaml.' } },
  place: 'free',
  async run(words, _, print) {
    const path = text(words, 'to') ?? 'docs/openapi.yaml'
    writeFileSync(path, openapiText())
    print(`${path}: ${operations.length} operations`)
  },
}
