import { expect, test } from 'bun:test'
import { isNarrower, isWithin, readRange } from '../kit/ip-ranges.ts'

const cases: [ip: string, range: string, within: boolean][] = [
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['::ffff:10.1.2.3', '10.0.0.0/8', true],
  ['10.1.2.3', '::ffff:10.0.0.0/104', true],
  ['11.1.2.3', '::ffff:10.0.0.0/104', false],
  ['203.0.113.7', '203.0.113.7', true],
  ['::ffff:203.0.113.7', '203.0.113.7', true],
  ['203.0.113.7', '::ffff:203.0.113.7', true],
  ['203.0.113.8', '203.0.113.7', false],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['10.1.2.3', '2001:db8::/32', false],
  ['', '0.0.0.0/0', false],
]

test.each(cases)('%p in %p: %p', (ip, range, within) => {
  expect(isWithin(ip, [readRange(range)!])).toBe(within)
})

test('what is neither an address nor a range is none', () => {
  expect(['10.0.0.256', '10.0.0.0/33', 'harbour.test', ''].map(readRange)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})

test('a range is narrower than the one that holds it, and anywhere is not', () => {
  expect(isNarrower(['10.1.0.0/16', '10.2.3.4'], ['10.0.0.0/8'])).toBe(true)
  expect(isNarrower(['10.0.0.0/7'], ['10.0.0.0/8'])).toBe(false)
  expect(isNarrower([], ['10.0.0.0/8'])).toBe(false)
})
