/** What is written from the code is as the code would write it now. */
import { expect, test } from 'bun:test'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openapiText } from '../src/commands/openapi.ts'

test('docs/openapi.yaml is up to date: bun run openapi', () => {
  const path = join(import.meta.dir, '../docs/openapi.yaml')
  expect(existsSync(path)).toBe(true)
  expect(readFileSync(path, 'utf8') === openapiText()).toBe(true)
})
