/** Readers of what carriers send: nothing is assumed, nothing is changed on the way. */
import { expect, test } from 'bun:test'
import { at, listAt, moneyAt, numberAt, parseJson, parseXml, present, textAt } from './reading.ts'

test('one thing bare and several in a list read alike', () => {
  const bare = { rates: { total: '1' } }
  const many = { rates: [{ total: '1' }, { total: '2' }] }
  expect([listAt(bare, 'rates').length, listAt(many, 'rates').length]).toEqual([1, 2])
  expect([textAt(bare, 'rates.total'), textAt(many, 'rates.total')]).toEqual(['1', '1'])
  expect(listAt(bare, 'nothing')).toEqual([])
  expect(at(undefined, 'a.b')).toBeUndefined()
})

test('what is not a number or an amount is nothing, not zero', () => {
  const answer = { days: 'soon', empty: '', amount: '12.30', word: 'free', currency: 'KWD' }
  expect(numberAt(answer, 'days')).toBeUndefined()
  expect(numberAt(answer, 'empty')).toBeUndefined()
  expect(moneyAt(answer, 'word', 'USD')).toBeUndefined()
  expect(moneyAt(answer, 'amount', undefined)).toBeUndefined()
  expect(moneyAt(answer, 'amount', 'dollars')).toBeUndefined()
  expect(moneyAt(answer, 'amount', 'KWD')).toEqual({ amount: 12_300, currency: 'KWD' })
  expect(moneyAt(answer, 'amount', 'JPY')).toEqual({ amount: 12, currency: 'JPY' })
})

test('XML loses its prefixes and keeps its zeros', () => {
  const xml =
    '<s:Envelope xmlns:s="x"><s:Body>' +
    '<Pin code="007">0012</Pin><Pin code="8">13</Pin></s:Body></s:Envelope>'
  const pins = listAt(parseXml(xml), 'Envelope.Body.Pin')
  expect(pins.map((pin) => [textAt(pin, '@code'), textAt(pin, '#text')])).toEqual([
    ['007', '0012'],
    ['8', '13'],
  ])
})

test('a page of a gateway is not JSON and absent members stay absent', () => {
  expect(parseJson('<html>')).toBeUndefined()
  expect(Object.keys(present({ a: undefined, b: null, c: 0 }))).toEqual(['b', 'c'])
})
