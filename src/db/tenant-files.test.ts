import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock } from '../kit/clock.ts'
import { DataFolder } from './data-folder.ts'
import { openConnection } from './driver.ts'
import { FolderLock } from './lock.ts'
import { latestVersion } from './migrate.ts'
import { systemScope } from './scope.ts'

const scope = systemScope('test')
let folder: string
let clock: ManualClock
let data: DataFolder

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-files-'))
  clock = new ManualClock('2026-11-21T09:00:00.000Z')
  data = await DataFolder.open(folder, { clock, open_files: 3 })
})
afterEach(async () => {
  await data.close()
  rmSync(folder, { recursive: true })
})

const found = async (count: number): Promise<string[]> => {
  const ids = Array.from({ length: count }, () => data.ids('ten'))
  for (const id of ids) await data.tenants.create(id)
  return ids
}
const touch = (id: string) => {
  clock.advance(2_000)
  return data.tenants.open(id)
}
const version = (id: string): number =>
  data.tenants
    .open(id)
    .read(scope, (read) => read.get<{ user_version: number }>('PRAGMA user_version')!.user_version)

test('a new file has the whole schema, in its two-letter folder, and nothing is left aside', async () => {
  const [id] = await found(1)
  expect(version(id!)).toBe(latestVersion('tenant'))
  const shelves = readdirSync(join(folder, 'tenants'))
  expect(shelves).toEqual([expect.stringMatching(/^[0-9a-f]{2}$/)])
})

test('a founding that fails leaves nothing to be found', async () => {
  const id = data.ids('ten')
  const failing = data.tenants.create(id, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(data.tenants.exists(id)).toBeFalse()
  expect(() => data.tenants.open(id)).toThrow('There is no tenant')
})

test('the file that was used longest ago is closed for another', async () => {
  const closed: string[] = []
  data.tenants.watch({ opened: () => undefined, closed: (id) => closed.push(id) })
  const [a, b, c, d] = await found(4)
  for (const id of [a!, b!, c!, a!]) touch(id)
  touch(d!)
  expect(closed).toEqual([b!])
  expect(data.tenants.open_count).toBe(3)
})

test('a file that is being written is never closed under its writer', async () => {
  const [a, b, c, d] = await found(4)
  const writing = touch(a!).write(scope, () => 'written')
  for (const id of [b!, c!, d!]) touch(id)
  expect(await writing).toBe('written')
  expect(data.tenants.open_count).toBe(3)
})

test('a file of a newer release is refused, and only that one', async () => {
  const [newer, fine] = await found(2)
  const connection = openConnection(data.tenants.pathOf(newer!))
  connection.pragma(`user_version = ${latestVersion('tenant') + 1}`)
  connection.close()
  expect(() => data.tenants.open(newer!)).toThrow('newer')
  expect(() => data.tenants.open(newer!)).toThrow('in maintenance')
  expect(version(fine!)).toBe(latestVersion('tenant'))
})

test('while a file is replaced nobody opens it', async () => {
  const [id] = await found(1)
  touch(id!)
  await data.tenants.withClosed(id!, 'it is being restored', () => {
    expect(() => data.tenants.open(id!)).toThrow('it is being restored')
  })
  expect(version(id!)).toBe(latestVersion('tenant'))
})

test('a second process waits for the folder, and has it when the first is gone', async () => {
  expect(FolderLock.tryTake(folder)).toBeUndefined()
  let waited = false
  const second = FolderLock.take(folder, () => (waited = true))
  await Bun.sleep(50)
  expect(waited).toBeTrue()
  await data.close()
  const lock = await second
  expect(lock.held).toBeTrue()
  lock.release()
  data = await DataFolder.open(folder, { clock })
})
