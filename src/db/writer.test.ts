import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '../kit/clock.ts'
import { newId } from '../kit/id.ts'
import { DatabaseFile } from './file.ts'
import { systemScope } from './scope.ts'

const scope = systemScope('test')
let folder: string
let file: DatabaseFile

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-writer-'))
  file = new DatabaseFile(join(folder, 'file.db'), systemClock, newId)
  file.connection.exec('CREATE TABLE notes (text TEXT NOT NULL UNIQUE) STRICT')
})
afterEach(async () => {
  await file.close()
  rmSync(folder, { recursive: true })
})

const note = (text: string) =>
  file.write(scope, (tx) => tx.run('INSERT INTO notes VALUES (?)', text))
const count = () => file.connection.prepare('SELECT count(*) FROM notes').pluck().get()

test('commands of one turn share a transaction, and one that fails takes only itself back', async () => {
  let batches = 0
  file.onCommit(() => batches++)
  const results = await Promise.allSettled([note('a'), note('b'), note('a'), note('c')])
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ])
  expect(count()).toBe(3)
  expect(batches).toBe(1)
})

test('a refusal before any change costs the others nothing; after one, all is done again', async () => {
  const runs = async (writes_first: boolean) => {
    let count = 0
    const good = (text: string) =>
      file.write(scope, (tx) => {
        count += 1
        return tx.run('INSERT INTO notes VALUES (?)', text)
      })
    const bad = () =>
      file.write(scope, (tx) => {
        if (writes_first) tx.run('INSERT INTO notes VALUES (?)', 'half')
        throw new Error('no')
      })
    const all = [good(`before ${writes_first}`), bad(), good(`after ${writes_first}`)]
    await Promise.allSettled(all)
    return count
  }
  expect(await runs(false)).toBe(2)
  // The one before it twice; the one after it had not run yet.
  expect(await runs(true)).toBe(3)
  expect(count()).toBe(4)
})

test('a command that throws after it wrote leaves nothing behind', async () => {
  const failing = file.write(scope, (tx) => {
    tx.run('INSERT INTO notes VALUES (?)', 'half')
    throw new Error('second thoughts')
  })
  await expect(failing).rejects.toThrow('second thoughts')
  expect(count()).toBe(0)
})

test('what is to happen after the commit happens only when there was one', async () => {
  const said: string[] = []
  const say = (text: string, fail: boolean) =>
    file.write(scope, (tx) => {
      tx.afterCommit(() => said.push(text))
      if (fail) throw new Error('no')
    })
  await Promise.allSettled([say('kept', false), say('dropped', true)])
  expect(said).toEqual(['kept'])
})

test('a callback that awaits does not compile', () => {
  const asynchronous = async () => 1
  // @ts-expect-error the transaction would stay open across the network
  const refused = () => file.write(scope, asynchronous)
  expect(refused).toBeFunction()
})
