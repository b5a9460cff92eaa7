import { expect, test } from 'bun:test'
import { isLabel, readHostName, withoutPort } from './host-names.ts'

test.each([
  ['shop.example.com', 'shop.example.com'],
  ['  Shop.EXAMPLE.com. ', 'shop.example.com'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['a.b.c.example.co', 'a.b.c.example.co'],
  ['localhost', undefined],
  ['127.0.0.1', undefined],
  ['2130706433', undefined],
  ['shop.example.com:443', undefined],
  ['https://shop.example.com', undefined],
  ['shop.example.com/path', undefined],
  ['user@shop.example.com', undefined],
  ['-shop.example.com', undefined],
  ['shop..example.com', undefined],
  ['*.example.com', undefined],
  ['shop_1.example.com', undefined],
  [`${'a'.repeat(64)}.example.com`, undefined],
  [`${'a.'.repeat(130)}com`, undefined],
  ['', undefined],
])('%p is read as %p', (typed, host) => {
  expect(readHostName(typed)).toBe(host as string)
})

test('a label is one part of a name', () => {
  expect(['harbour', 'a', 'a-1'].every(isLabel)).toBe(true)
  expect(['', '-a', 'a-', 'A', 'a.b', 'a_b'].some(isLabel)).toBe(false)
})

test('a port is no part of a name', () => {
  expect(withoutPort('Harbour.localhost:3210')).toBe('harbour.localhost')
  expect(withoutPort('harbour.localhost')).toBe('harbour.localhost')
})
