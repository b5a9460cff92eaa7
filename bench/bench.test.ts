import { describe, expect, test } from 'bun:test'
import { tmpdir } from 'node:os'
import { tiny } from './row.ts'
import { measure, rows } from './run.ts'

describe('every row can be measured', () => {
  for (const [name, row] of Object.entries(rows)) {
    test(
      name,
      async () => {
        const found = await measure(row, tiny, tmpdir())
        expect(found.length).toBeGreaterThan(0)
        for (const each of found) {
          if ('skipped' in each) continue
          expect(each.numbers.length).toBeGreaterThan(0)
          for (const number of each.numbers) {
            expect(Number.isFinite(number)).toBe(true)
            expect(number).toBeGreaterThan(0)
          }
        }
      },
      60_000,
    )
  }
})
