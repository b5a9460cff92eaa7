/** What every caller has to reckon with is declared, whichever operation he asks for. */
import { expect, test } from 'bun:test'
import { operations } from '../app.ts'
import { codesOf } from './openapi.ts'

test('a call that a hard quota of calls refuses is a refusal that was declared', () => {
  const business = operations.filter(({ level }) => level !== 'platform')
  const silent = business.filter((each) => !codesOf(each).includes('quota_exceeded'))
  expect(silent.map(({ id }) => id)).toEqual([])
})
