import { expect, test } from 'bun:test'
import { SignedLinks } from './signed-links.ts'

const links = new SignedLinks(new Uint8Array(32).fill(7))
const key = `labels/${'ab'.repeat(32)}`
const now_ms = Date.parse('2026-11-21T09:00:00Z')
const link = { tenant_id: 'ten_1', key, expires_at: '2026-11-21T10:00:00.000Z' }
const problem = (run: () => unknown): string => {
  try {
    run()
    return 'none'
  } catch (error) {
    return (error as { code: string }).code
  }
}

test('a link opens what it was made for, until it ends', () => {
  const url = links.signLink(link, now_ms)
  expect(url).toStartWith(`/objects/ten_1/${key}?expires=1795255200&signature=`)
  expect(links.readSignedLink(url, now_ms)).toEqual(link)
  expect(links.readSignedLink(`https://stock.example.com${url}`, now_ms)).toEqual(link)
  const end_ms = Date.parse(link.expires_at)
  expect(problem(() => links.readSignedLink(url, end_ms - 1))).toBe('none')
  expect(problem(() => links.readSignedLink(url, end_ms))).toBe('forbidden')
})

test('a link that was changed anywhere opens nothing', () => {
  const url = links.signLink(link, now_ms)
  const changed = [
    url.replace('ten_1', 'ten_2'),
    url.replace('/labels/', '/documents/'),
    url.replace('ab'.repeat(32), 'ac'.repeat(32)),
    url.replace('expires=1795255200', 'expires=1795258800'),
    url.replace(/signature=.*/, 'signature='),
    url.replace(/&signature=.*/, ''),
    url.slice(0, -1),
    '/objects/ten_1/../../x?expires=1795255200&signature=x',
    '/elsewhere',
  ]
  expect(changed.map((one) => problem(() => links.readSignedLink(one, now_ms)))).toEqual(
    changed.map(() => 'not_found'),
  )
})

test('another installation does not honour it', () => {
  const other = new SignedLinks(new Uint8Array(32).fill(8))
  expect(problem(() => other.readSignedLink(links.signLink(link, now_ms), now_ms))).toBe(
    'not_found',
  )
})

test.each(['2026-11-21T08:59:59Z', '2026-11-21T09:00:00Z', '2026-11-28T09:00:01Z', 'soon'])(
  'no link is made that ends at %s',
  (expires_at) => {
    expect(problem(() => links.signLink({ ...link, expires_at }, now_ms))).toBe('invalid')
  },
)
