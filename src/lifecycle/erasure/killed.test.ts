/** An erasure whose process is killed is finished by the next one, wherever it was. */
import { expect, setDefaultTimeout, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { endClosedBusinesses } from '../schedules.ts'
import { listErasures } from './read.ts'
import { canary, holdersOf } from './testing/canaries.ts'
import { servicesFor } from './testing/killed.ts'

setDefaultTimeout(60_000)

const script = join(import.meta.dir, 'testing/killed.ts')

test.each(['objects', 'release', 'forget', 'renew'])('killed at %s', async (step) => {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-killed-'))
  const child = Bun.spawn([process.execPath, script, folder, step], { stderr: 'pipe' })
  const said = await new Response(child.stderr).text()
  await child.exited
  expect([child.signalCode, said]).toEqual(['SIGKILL', ''])
  const data = await DataFolder.open(folder)
  try {
    const list = () =>
      data.platform.read(systemScope('test'), (read) => listErasures(read, {})).data
    expect(list()).toMatchObject([{ state: 'running', certificate: null }])
    const facts = await endClosedBusinesses.run({
      ...{ run_id: 'run', due_at: '', data, log: pino({ level: 'silent' }) },
      services: servicesFor(data, undefined),
      signal: new AbortController().signal,
      eachTenant: () => Promise.resolve(),
    })
    expect(facts).toMatchObject({ continued: 1, failed: 0 })
    expect(list()).toMatchObject([{ state: 'done' }])
    expect(list()[0]!.certificate).not.toContain(canary)
    expect(await holdersOf(folder)).toEqual([])
  } finally {
    await data.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
