import { expect, test } from 'bun:test'
import { readRange } from '../kit/ip-ranges.ts'
import { addressOf } from './rest.ts'

const trusted = ['10.0.0.0/8', '::1'].map((text) => readRange(text)!)

const from = (socket: string, forwarded: string | undefined, trusted_proxies = trusted): string =>
  addressOf(
    { services: { trusted_proxies } as never },
    {
      request: new Request('http://localhost/', {
        headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      }),
      server: { requestIP: () => ({ address: socket }) },
    },
  )

test.each([
  ['a stranger says what he likes', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
  ['a trusted proxy is believed', '10.0.0.2', '198.51.100.1', '198.51.100.1'],
  ['only the nearest word counts', '10.0.0.2', '1.2.3.4, 198.51.100.1', '198.51.100.1'],
  ['through two proxies of ours', '10.0.0.2', '198.51.100.1, 10.0.0.3', '198.51.100.1'],
  ['a proxy that says nothing', '10.0.0.2', undefined, '10.0.0.2'],
  ['IPv4 inside IPv6', '::ffff:10.0.0.2', '198.51.100.1', '198.51.100.1'],
])('%s', (_, socket, forwarded, expected) => {
  expect(from(socket, forwarded)).toBe(expected)
})

test('where no proxy is trusted, nobody is', () => {
  expect(from('10.0.0.2', '198.51.100.1', [])).toBe('10.0.0.2')
})
