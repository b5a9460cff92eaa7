/** The judge itself: it has to see what is wrong. */
import { describe, expect, test } from 'bun:test'
import { checkReading } from './check-reading.ts'
import { covers, differences } from './compare.ts'

describe('differences', () => {
  test('numbers are compared by value, text as it is', () => {
    expect(differences({ a: '3.0', b: 'x' }, { a: 3, b: 'x', c: 1 })).toEqual([])
    expect(differences({ a: '3.0' }, { a: '3.1' })).toHaveLength(1)
    expect(differences({ zip: '04101' }, { zip: '4101x' })).toHaveLength(1)
  })
  test('a missing field, a missing entry and a wrong depth are seen', () => {
    expect(differences({ a: { b: 1, c: 2 } }, { a: { b: 1 } }).map(({ path }) => path)).toEqual([
      'a.c',
    ])
    expect(differences({ a: [1, 2] }, { a: [1] }).map(({ path }) => path)).toEqual(['a.1'])
    expect(differences({ a: { b: 1 } }, undefined).map(({ path }) => path)).toEqual(['a.b'])
  })
})

test('a deviation covers what it names and nothing beside it', () => {
  const of = (path: string) => ({ operation: 'ship' as const, path, why: '' })
  expect(covers(of('**.Description'), 'Shipment.Package.0.Description')).toBe(true)
  expect(covers(of('**.Description'), 'Shipment.Package.0.DescriptionCode')).toBe(false)
  expect(covers(of('*.units'), 'weight.units')).toBe(true)
  expect(covers(of('*.units'), 'parcel.weight.units')).toBe(false)
})

test('a wrong total, status, number or code in a reading is told', () => {
  const rate = { service: 'a', total_charge: 1.5, currency: 'USD', transit_days: 2 }
  const ours = { service: 'a', total: { amount: 151, currency: 'USD' }, transit_days: 2 }
  expect(checkReading('rate', [[rate], []], { result: [ours], messages: [] })).toEqual([
    'rate 0 total: recorded 1.5, read 1.51',
  ])
  const tracker = { tracking_number: '1', status: 'delivered', events: [] }
  const read = { ...tracker, status: 'unknown' }
  expect(checkReading('track', [[tracker], []], { result: [read], messages: [] })).toHaveLength(1)
  expect(checkReading('void', [{ success: true }, []], { messages: [] })).toHaveLength(1)
  expect(checkReading('void', [null, [{ code: 'X' }]], { messages: [] })).toEqual([
    'error codes: recorded X, read ',
  ])
})
