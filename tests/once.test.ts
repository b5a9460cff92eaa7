/** The hooks of the container: a backup of files in use, and the start from it. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtExecutable } from './services/executable.ts'
import { freePort } from './services/minio-server.ts'
import { startServer } from './services/running.ts'

const long_ms = 180_000
const folder = mkdtempSync(join(tmpdir(), 'stowage-once-'))
const programs = join(folder, 'bin')
let executable: string

beforeAll(async () => {
  executable = await builtExecutable()
  mkdirSync(programs)
  symlinkSync(executable, join(programs, 'stowage'))
}, long_ms)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function run(data: string, ...command: string[]): Promise<string> {
  const env = { PATH: `${programs}:${process.env.PATH}`, STOWAGE_DATA: data }
  const child = Bun.spawn(command, { env, stdout: 'pipe', stderr: 'pipe' })
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  expect([command[0], await child.exited, err]).toEqual([command[0], 0, ''])
  return out
}

const hook = (name: string) => join(import.meta.dir, '../.ci/hooks', name)

test(
  'what was there before the backup is there after the restore, though live files were copied torn',
  async () => {
    const storage = join(folder, 'storage')
    mkdirSync(storage)
    const server = startServer(executable, storage, freePort())
    await server.ready()
    const named = ['--name', 'Harbour', '--email', 'mara@harbour.test']
    const created = await run(storage, 'stowage', 'tenant', 'create', ...named)
    const headers = {
      authorization: `Bearer ${/stw_tenant_\S+/.exec(created)![0]}`,
      'content-type': 'application/json',
    }
    const body = JSON.stringify({ sku: 'MUG', name: 'Mug' })
    await fetch(`${server.url}/v1/items`, { method: 'POST', headers, body })

    await run(storage, hook('pre-backup'))
    const restored = join(folder, 'restored')
    cpSync(storage, restored, { recursive: true, filter: (path) => !path.endsWith('.sock') })
    server.process.kill('SIGKILL')
    await server.process.exited
    // The worst that a copy of a file in use can be.
    writeFileSync(join(restored, 'platform.db'), 'torn')
    await run(restored, hook('post-restore'))
    expect(existsSync(join(restored, 'before-restore'))).toBe(false)

    const again = startServer(executable, restored, freePort())
    await again.ready()
    const items = await fetch(`${again.url}/v1/items`, { headers })
    expect(((await items.json()) as { data: { sku: string }[] }).data[0]?.sku).toBe('MUG')
    again.process.kill('SIGTERM')
    expect(await again.process.exited).toBe(0)
  },
  long_ms,
)
