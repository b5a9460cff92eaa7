/** One suite for every place where objects can lie: the local disk, and a real MinIO server. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import { startMinio, type MinioServer } from '../../tests/services/minio-server.ts'
import { sha256Hex } from '../kit/secrets.ts'
import type { NewObject, ObjectStore } from './object-store.ts'
import { openObjects } from './open-objects.ts'
import { s3Client } from './s3-client.ts'

const limits = { max_bytes: 300_000, content_types: ['application/pdf', 'text/csv'] }
const label: NewObject = {
  content_type: 'application/pdf',
  name: 'Étiquette 1.pdf',
  collection: 'labels',
}
const bytes = (text: string): Uint8Array => Buffer.from(text)

interface Place {
  store(tenant_id: string): ObjectStore
  /** Changes what is stored behind the store's back. */
  damage(tenant_id: string, key: string): Promise<void>
  /** Files that are neither objects nor belong to one. */
  leftovers(tenant_id: string): string[]
}

const minio = findProgram('minio')
const folder = mkdtempSync(join(tmpdir(), 'stowage-objects-'))
let server: MinioServer | undefined
beforeAll(async () => {
  if (minio) server = await startMinio(minio, join(folder, 'minio'))
})
afterAll(async () => {
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const folderOf = (tenant_id: string): string => join(folder, 'tenants', tenant_id)
const paths = { folderOf, scratch_folder: join(folder, 'scratch') }
const places: Record<string, () => Place> = {
  'the local disk': () => ({
    store: openObjects({ kind: 'local' }, paths, limits),
    damage(tenant_id, key) {
      const [collection, sha256] = key.split('/') as [string, string]
      const path = join(folderOf(tenant_id), 'objects', collection, sha256.slice(0, 2), sha256)
      writeFileSync(path, 'something else')
      return Promise.resolve()
    },
    leftovers: (tenant_id) => readdirSync(join(folderOf(tenant_id), 'objects', '.incoming')),
  }),
  ...(minio && {
    'a MinIO server': () => ({
      store: openObjects(server!.target, paths, limits),
      async damage(tenant_id, key) {
        const name = `${server!.target.prefix}/tenants/${tenant_id}/${key}`
        await s3Client(server!.target).write(name, 'something else')
      },
      leftovers: () => readdirSync(paths.scratch_folder),
    }),
  }),
}

const keysOf = async (store: ObjectStore, prefix?: string): Promise<string[]> =>
  (await Array.fromAsync(store.list(prefix))).map((entry) => entry.key).sort()

describe.each(Object.keys(places))('objects on %s', (name) => {
  const place = (): Place => places[name]!()

  test('what was put comes back, under a name made from its content', async () => {
    const store = place().store('ten_keep')
    const put = await store.put(bytes('one label'), label)
    const sha256 = sha256Hex('one label')
    expect(put).toEqual({
      key: `labels/${sha256}`,
      sha256,
      size_bytes: 9,
      content_type: 'application/pdf',
      name: 'Étiquette 1.pdf',
    })
    const { object, bytes: read } = await store.read(put.key)
    expect(object).toEqual(put)
    expect(Buffer.from(read).toString()).toBe('one label')
    expect(await store.has(put.key)).toBe(true)
    expect(place().leftovers('ten_keep')).toEqual([])
  })

  test('a stream goes in and out in pieces', async () => {
    const store = place().store('ten_stream')
    const piece = Buffer.alloc(50_000, 'x')
    const put = await store.put(new Blob([piece, piece, piece]).stream(), label)
    expect(put.size_bytes).toBe(150_000)
    expect(put.sha256).toBe(sha256Hex(Buffer.alloc(150_000, 'x')))
    const { stream } = await store.get(put.key)
    expect(sha256Hex(await new Response(stream).bytes())).toBe(put.sha256)
  })

  test('an empty file is a file', async () => {
    const store = place().store('ten_empty')
    const { key } = await store.put(bytes(''), label)
    expect((await store.read(key)).bytes.byteLength).toBe(0)
  })

  test('the same content twice is one object, also when put at the same moment', async () => {
    const store = place().store('ten_twice')
    const [first, second] = await Promise.all([
      store.put(bytes('same'), label),
      store.put(bytes('same'), { ...label, name: 'Another.pdf' }),
    ])
    expect(second.key).toBe(first.key)
    const third = await store.put(bytes('same'), { ...label, name: 'Third.pdf' })
    expect(third.name).not.toBe('Third.pdf')
    expect(await keysOf(store)).toEqual([first.key])
  })

  test('what was changed behind our back is not handed out as if it were whole', async () => {
    const store = place().store('ten_damaged')
    const { key } = await store.put(bytes('the true content'), label)
    await place().damage('ten_damaged', key)
    await expect(store.read(key)).rejects.toThrow('damaged')
    const { stream } = await store.get(key)
    await expect(new Response(stream).bytes()).rejects.toThrow('damaged')
    expect((await store.put(bytes('the true content'), label)).key).toBe(key)
    expect(Buffer.from((await store.read(key)).bytes).toString()).toBe('the true content')
  })

  test('lists by collection and by the beginning of a key, one tenant at a time', async () => {
    const store = place().store('ten_list')
    const other = place().store('ten_listed_beside')
    const a = await store.put(bytes('a'), label)
    const b = await store.put(bytes('b'), label)
    const c = await store.put(bytes('c'), { ...label, collection: 'documents' })
    await other.put(bytes('d'), label)
    expect(await keysOf(store)).toEqual([a.key, b.key, c.key].sort())
    expect(await keysOf(store, 'labels/')).toEqual([a.key, b.key].sort())
    expect(await keysOf(store, a.key.slice(0, 12))).toEqual([a.key])
    const [entry] = await Array.fromAsync(store.list('documents'))
    expect(entry).toEqual({ key: c.key, size_bytes: 1 })
  })

  test('what was removed is gone, and removing it again is no error', async () => {
    const store = place().store('ten_remove')
    const { key } = await store.put(bytes('old'), label)
    await store.remove(key)
    await store.remove(key)
    expect(await store.has(key)).toBe(false)
    await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.get(key)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('takes over what another holds, and neither can touch the other’s', async () => {
    const [store, heir] = [place().store('ten_giver'), place().store('ten_heir')]
    const kept = await store.put(bytes('a'), label)
    const without = await store.put(bytes('archive'), label)
    await heir.adopt(store, new Set([without.key]))
    expect(await keysOf(heir)).toEqual([kept.key])
    expect(await heir.read(kept.key)).toEqual(await store.read(kept.key))
    await heir.removeAll()
    expect((await store.read(kept.key)).bytes).toEqual(bytes('a'))
  })

  test('what we make ourselves may be larger than what is sent in', async () => {
    const store = place().store('ten_large')
    const large = Buffer.alloc(300_001)
    const { size_bytes } = await store.put(large, { ...label, of_our_own: true })
    expect(size_bytes).toBe(300_001)
  })

  test("erasing a tenant takes all of his objects and nobody else's", async () => {
    const [store, other] = [place().store('ten_erase'), place().store('ten_stay')]
    await store.put(bytes('a'), label)
    await store.put(bytes('b'), { ...label, collection: 'documents' })
    const kept = await other.put(bytes('a'), label)
    await store.removeAll()
    expect(await keysOf(store)).toEqual([])
    expect(await keysOf(other)).toEqual([kept.key])
  })

  test.each([
    ['too large', Buffer.alloc(300_001), {}, 'payload_too_large'],
    ['a page with scripts', bytes('x'), { content_type: 'text/html' }, 'unsupported_media_type'],
    ['a name with a path', bytes('x'), { name: '../../etc/passwd' }, 'invalid'],
    ['a name with a line break', bytes('x'), { name: 'a\r\nb' }, 'invalid'],
    ['a collection with a path', bytes('x'), { collection: '../labels' }, 'invalid'],
  ])('refuses %s and keeps nothing', async (_, content, change, code) => {
    const store = place().store('ten_refuse')
    await expect(store.put(content, { ...label, ...change })).rejects.toMatchObject({ code })
    expect(await keysOf(store)).toEqual([])
  })

  test('a type with parameters is judged by what it is', async () => {
    const about = { ...label, content_type: 'text/csv; charset=utf-8' }
    const { content_type } = await place().store('ten_csv').put(bytes('a,b'), about)
    expect(content_type).toBe('text/csv; charset=utf-8')
  })

  test.each([
    '../tenant.db',
    'labels/../../tenant.db',
    `labels/${'a'.repeat(63)}`,
    `labels/${'A'.repeat(64)}`,
    `/labels/${'a'.repeat(64)}`,
    `labels/${'a'.repeat(64)}/..`,
    `.incoming/${'a'.repeat(64)}`,
    '',
  ])('the key "%s" is nobody\'s', async (key) => {
    const store = place().store('ten_keys')
    await expect(store.read(key)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.has(key)).rejects.toMatchObject({ code: 'not_found' })
    await expect(store.remove(key)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('a prefix with a path is refused', () => {
    expect(() => place().store('ten_keys').list('../')).toThrow('invalid')
  })

  test('a tenant id with a path is our own mistake', () => {
    expect(() => place().store('../ten_1')).toThrow('invariant')
  })

  test('a stream that breaks leaves nothing behind', async () => {
    const store = place().store('ten_break')
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield bytes('half')
      await Bun.sleep(0)
      throw new Error('the line went dead')
    }
    await expect(store.put(broken(), label)).rejects.toThrow('the line went dead')
    expect(await keysOf(store)).toEqual([])
    expect(place().leftovers('ten_break')).toEqual([])
  })
})
