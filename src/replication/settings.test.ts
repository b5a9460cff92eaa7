import { describe, expect, test } from 'bun:test'
import { checkTarget, litestreamConfiguration, litestreamEnvironment } from './settings.ts'
import { replicaUrl, targetId, type S3Target } from './settings.ts'
import { newGeneration, parseGeneration } from './generations.ts'
import { isOlder, logLine, socketPath } from './supervise.ts'

const bucket: S3Target = {
  kind: 's3',
  endpoint: 'http://127.0.0.1:9000',
  bucket: 'copies',
  region: 'eu-central-1',
  access_key_id: 'id',
  secret_access_key: 'p&ss$word',
  prefix: 'shop',
}
const folder = { kind: 'folder', path: '/mnt/copies' } as const

describe('a target', () => {
  test.each([
    ['a folder', folder],
    ['a bucket', bucket],
    ['a whole bucket', { ...bucket, prefix: '' }],
    ['a deep prefix', { ...bucket, prefix: 'a/b.c/d_e' }],
  ])('%s is accepted', (_, target) => expect(checkTarget(target)).toBe(target))

  test.each([
    ['a relative folder', { ...folder, path: 'copies' }],
    [
      'a folder that Litestream would write under another name',
      { ...folder, path: '/mnt/my copies' },
    ],
    ['a percent sign', { ...folder, path: '/mnt/100%' }],
    ['an endpoint without a scheme', { ...bucket, endpoint: '127.0.0.1:9000' }],
    ['an endpoint with a path', { ...bucket, endpoint: 'http://host/path' }],
    ['a bucket with a slash', { ...bucket, bucket: 'copies/shop' }],
    ['a prefix with a slash at its end', { ...bucket, prefix: 'shop/' }],
    ['a prefix that leaves', { ...bucket, prefix: 'shop//x' }],
  ])('%s is refused', (_, target) => expect(() => checkTarget(target)).toThrow('invalid'))

  test('is named to Litestream without credentials', () => {
    const generation = '000001-20261121T093000Z'
    expect(replicaUrl(folder, 'tenants/ten_1', generation)).toBe(
      `file:///mnt/copies/tenants/ten_1/${generation}`,
    )
    expect(replicaUrl(bucket, 'platform', generation)).toBe(
      `s3://copies/shop/platform/${generation}` +
        '?endpoint=http%3A%2F%2F127.0.0.1%3A9000&region=eu-central-1',
    )
    expect(replicaUrl({ ...bucket, prefix: '' }, 'platform', 'g')).toStartWith(
      's3://copies/platform/g?',
    )
  })

  test('is told from another one, whoever opens it', () => {
    const ids = [folder, { ...folder, path: '/mnt/b' }, bucket, { ...bucket, prefix: '' }].map(
      targetId,
    )
    expect(new Set(ids).size).toBe(4)
    expect(targetId({ ...bucket, secret_access_key: 'rotated' })).toBe(targetId(bucket))
  })
})

test('the environment of Litestream holds the keys and nothing that changes what it does', () => {
  process.env.LOG_LEVEL = 'trace'
  process.env.LITESTREAM_S3_ENDPOINT = 'http://elsewhere'
  try {
    expect(litestreamEnvironment(bucket)).toMatchObject({
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'p&ss$word',
    })
    const names = Object.keys(litestreamEnvironment(folder))
    expect(names).not.toContain('LOG_LEVEL')
    expect(names).not.toContain('LITESTREAM_S3_ENDPOINT')
    expect(names).not.toContain('AWS_ACCESS_KEY_ID')
  } finally {
    delete process.env.LOG_LEVEL
    delete process.env.LITESTREAM_S3_ENDPOINT
  }
})

test('the configuration changes the defaults that are wrong for us', () => {
  expect(JSON.parse(litestreamConfiguration('/run/l.sock'))).toMatchObject({
    socket: { enabled: true, path: '/run/l.sock', permissions: 0o600 },
    snapshot: { retention: '720h' },
    'l0-retention-check-interval': '1h',
  })
  expect(litestreamConfiguration('/run/l.sock')).not.toContain('exec')
})

test('a generation says its number and its start, and sorts by number', () => {
  const start_ms = Date.parse('2026-11-21T09:30:00.400Z')
  const generation = newGeneration(2, start_ms)
  expect(generation.name).toBe('000002-20261121T093000Z')
  expect(parseGeneration(generation.name)).toEqual(generation)
  expect(newGeneration(10, 0).name > newGeneration(9, start_ms).name).toBe(true)
  for (const name of ['ltx', '000002', '2-20261121T093000Z', '000002-20261341T093000Z']) {
    expect(parseGeneration(name)).toBeUndefined()
  }
})

test.each([
  ['v0.5.17', false],
  ['v0.5.18', false],
  ['0.6.0', false],
  ['v1.0.0', false],
  ['v0.5.16', true],
  ['v0.4.20', true],
  ['(development build)', true],
])('Litestream %s is too old: %p', (version, older) => expect(isOlder(version)).toBe(older))

test("its log lines become ours: a second level is a compaction's, what is no JSON is an error", () => {
  const heard: unknown[] = []
  const log = (...entry: unknown[]) => void heard.push(entry)
  const line = (text: string) => logLine(`{"time":"2026-11-21T09:00:00Z",${text}}`, log)
  line('"level":"INFO","msg":"starting compaction monitor","level":2')
  line('"level":"WARN","msg":"slow","db":"tenant.db"')
  line('"level":"ERROR","msg":"no databases specified in configuration"')
  logLine('panic: runtime error', log)
  expect(heard).toEqual([
    ['info', 'starting compaction monitor', { level: 2 }],
    ['warn', 'slow', { db: 'tenant.db' }],
    ['debug', 'no databases specified in configuration', {}],
    ['error', 'panic: runtime error', {}],
  ])
})

test('a socket in a deep folder gets a path that the system can hold', () => {
  expect(socketPath('/data/run')).toBe('/data/run/litestream.sock')
  const deep = `/data/${'deep/'.repeat(30)}run`
  expect(socketPath(deep).length).toBeLessThan(108)
  expect(socketPath(deep)).not.toBe(socketPath(`${deep}2`))
})
