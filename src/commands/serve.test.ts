import { afterAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { FolderLock } from '../db/lock.ts'
import { nightlyBackup } from './nightly-backup.ts'
import { openDoors } from './serve.ts'
import { readSettings } from './settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'stowage-serve-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const log = { log: pino({ level: 'silent' }), flush: () => undefined }
const settingsFor = (name: string, port: string) =>
  readSettings({ data: join(folder, name), port, replica: 'off' }, {}).settings

test('a port that is taken is an error, and the folder is free again', async () => {
  const first = await openDoors(settingsFor('first', '0'), log)
  const { port } = new URL(first.url)
  const second = settingsFor('second', port)
  await expect(openDoors(second, log)).rejects.toThrow('is taken')
  const lock = FolderLock.tryTake(second.data)
  expect(lock).toBeDefined()
  lock?.release()
  await first.stop()
})

test('the nightly backup is made beside the server, and kept where the settings say', async () => {
  const settings = settingsFor('backed-up', '0')
  const { installation, stop } = await openDoors(settings, log)
  const { data, services } = installation
  const facts = await nightlyBackup(settings).run({
    ...{ run_id: 'run', due_at: '2026-11-21T02:10:00.000Z', data, services, log: log.log },
    signal: new AbortController().signal,
    eachTenant: () => Promise.reject(new Error('one backup is of all')),
  })
  expect(facts).toEqual({ backup: expect.stringContaining('1 files'), removed: 0 })
  const [id] = readdirSync(join(settings.data, 'backups'))
  expect(existsSync(join(settings.data, 'backups', id!, 'manifest.json'))).toBe(true)
  await stop()
})
