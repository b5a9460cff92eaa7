import { describe, expect, test } from 'bun:test'
import { AddressRefused, checkTarget, type Resolve } from './guard.ts'

const names: Record<string, string[]> = {
  'hooks.example.com': ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946'],
  'inside.example.com': ['192.168.1.10'],
  'half.example.com': ['93.184.216.34', '127.0.0.1'],
  'mapped.example.com': ['::ffff:10.0.0.1'],
  localhost: ['127.0.0.1', '::1'],
}
const resolve: Resolve = (host) => Promise.resolve(names[host] ?? [])

const judge = async (url: string, allowed: string[] = []) => {
  try {
    return (await checkTarget(url, allowed, resolve)).connect_url
  } catch (error) {
    if (error instanceof AddressRefused) return error.reason
    throw error
  }
}

describe('addresses', () => {
  const table: [url: string, expected: string][] = [
    ['https://hooks.example.com/a?b=1', 'https://93.184.216.34/a?b=1'],
    ['https://hooks.example.com:8443/', 'https://93.184.216.34:8443/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
    ['http://hooks.example.com/', 'insecure_url'],
    ['https://127.0.0.1/', 'address_not_allowed'],
    ['https://127.1/', 'address_not_allowed'],
    ['https://0x7f.1/', 'address_not_allowed'],
    ['https://2130706433/', 'address_not_allowed'],
    ['https://0/', 'address_not_allowed'],
    ['https://169.254.169.254/latest/meta-data', 'address_not_allowed'],
    ['https://10.1.2.3/', 'address_not_allowed'],
    ['https://100.64.0.1/', 'address_not_allowed'],
    ['https://198.18.0.1/', 'address_not_allowed'],
    ['https://224.0.0.1/', 'address_not_allowed'],
    ['https://255.255.255.255/', 'address_not_allowed'],
    ['https://[::1]/', 'address_not_allowed'],
    ['https://[::]/', 'address_not_allowed'],
    ['https://[::ffff:127.0.0.1]/', 'address_not_allowed'],
    ['https://[64:ff9b::7f00:1]/', 'address_not_allowed'],
    ['https://[2002:7f00:1::]/', 'address_not_allowed'],
    ['https://[fd00::1]/', 'address_not_allowed'],
    ['https://[fe80::1]/', 'address_not_allowed'],
    ['https://localhost/', 'address_not_allowed'],
    ['https://LOCALHOST./', 'address_not_allowed'],
    ['https://inside.example.com/', 'address_not_allowed'],
    ['https://half.example.com/', 'address_not_allowed'],
    ['https://mapped.example.com/', 'address_not_allowed'],
    ['https://nowhere.example.com/', 'name_not_found'],
  ]
  test.each(table)('%s → %s', async (url, expected) => {
    expect(await judge(url)).toBe(expected)
  })

  test('the name is kept for the certificate and for the Host header', async () => {
    const target = await checkTarget('https://hooks.example.com:8443/a', [], resolve)
    expect(target).toEqual({
      connect_url: 'https://93.184.216.34:8443/a',
      host: 'hooks.example.com:8443',
      server_name: 'hooks.example.com',
    })
  })

  test('what the operator allows is allowed, and nothing beside it', async () => {
    expect(await judge('http://localhost:9000/', ['localhost'])).toBe('http://127.0.0.1:9000/')
    expect(await judge('http://192.168.1.10/', ['192.168.1.0/24'])).toBe('http://192.168.1.10/')
    expect(await judge('https://inside.example.com/', ['192.168.1.0/24'])).toBe(
      'https://192.168.1.10/',
    )
    expect(await judge('http://192.168.2.10/', ['192.168.1.0/24'])).toBe('insecure_url')
    expect(await judge('https://127.0.0.1/', ['localhost'])).toBe('address_not_allowed')
  })
})
