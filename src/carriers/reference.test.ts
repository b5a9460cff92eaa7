/** What every carrier says of itself. */
import { expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { carriers } from './registry.ts'

test('every carrier says how it was proven, is named once, and has a page about signing up', () => {
  expect(new Set(carriers.map(({ id }) => id)).size).toBe(carriers.length)
  for (const { id, proven } of carriers) {
    expect(proven.length).toBeGreaterThan(0)
    for (const { on } of proven) expect(on).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    expect({ id, readme: existsSync(join(import.meta.dir, id, 'README.md')) }).toEqual({
      id,
      readme: true,
    })
  }
})
