/** The executable itself: what a person downloads has to work where nothing of this tree is. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sealedRun } from '../.ci/sealed-run.ts'
import { builtExecutable } from './services/executable.ts'
import { freePort } from './services/minio-server.ts'
import { startServer, untilSaid, type Running } from './services/running.ts'

const long_ms = 180_000
const folder = mkdtempSync(join(tmpdir(), 'stowage-executable-'))
const started: Running[] = []
let executable: string

beforeAll(async () => {
  executable = await builtExecutable()
}, long_ms)
afterAll(async () => {
  for (const { process } of started) {
    process.kill('SIGKILL')
    await process.exited
  }
  rmSync(folder, { recursive: true, force: true })
})

function newFolder(name: string): string {
  const path = join(folder, name)
  mkdirSync(path, { mode: 0o700 })
  return path
}

function serve(data: string, port = freePort(), cwd = data): Running {
  const running = startServer(executable, data, port, [], cwd)
  started.push(running)
  return running
}

async function run(...args: string[]): Promise<{ exit_code: number; output: string }> {
  const child = Bun.spawn([executable, ...args], { stdout: 'pipe', stderr: 'pipe' })
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { exit_code: await child.exited, output: out + err }
}

test(
  'every part works with the source tree and the packages hidden',
  async () => {
    const { exit_code, output, sealed } = await sealedRun(executable, ['self-test'])
    if (!sealed) console.warn('this machine permits no mount namespace: the tree was not hidden')
    expect(output).toContain('everything works')
    expect(exit_code).toBe(0)
  },
  long_ms,
)

test('it is small enough', () => {
  expect(statSync(executable).size).toBeLessThan(130_000_000)
})

test('it says what it can do, and refuses what it does not know', async () => {
  expect((await run('--help')).output).toContain('serve')
  expect((await run('--version')).output).toContain('tested')
  const refused = await run('serve', '--no-such-option')
  expect(refused.exit_code).toBe(2)
})

test(
  'a fresh folder becomes an installation that is set up, used, and ended cleanly',
  async () => {
    const data = newFolder('fresh')
    const began = performance.now()
    const server = serve(data)
    await server.ready()
    console.log(`cold start to the first answer: ${(performance.now() - began).toFixed(0)} ms`)
    await untilSaid(server, `/setup/`)
    expect(statSync(join(data, 'master.key')).mode & 0o777).toBe(0o600)

    const created = await run('tenant', 'create', '--data', data, '--name', 'A', '--email', 'a@b.c')
    const token = /stw_tenant_\S+/.exec(created.output)?.[0]
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': 'one',
    }
    const body = JSON.stringify({ sku: 'MUG', name: 'Mug' })
    const answer = await fetch(`${server.url}/v1/items`, { method: 'POST', headers, body })
    expect(answer.status).toBe(201)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
    expect((await run('verify', '--data', data)).output).toContain('everything holds')
    expect((await run('doctor', '--data', data, '--replica', 'off')).exit_code).toBe(0)

    server.process.kill('SIGTERM')
    expect(await server.process.exited).toBe(0)
    expect(server.said()).toContain('"msg":"ended"')
    expect(existsSync(join(data, 'platform.db-wal'))).toBe(false)
  },
  long_ms,
)

test(
  'a second process stands by, and takes over when the first is killed',
  async () => {
    const data = newFolder('standby')
    const first = serve(data)
    await first.ready()
    const second = serve(data)
    await untilSaid(second, 'standing by')
    first.process.kill('SIGKILL')
    await second.ready()
    expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
    const made = await run('setup-link', '--data', data)
    expect(made.output).toContain('/setup/')

    const third = serve(data)
    await untilSaid(third, 'standing by')
    third.process.kill('SIGTERM')
    expect(await third.process.exited).toBe(0)
    second.process.kill('SIGTERM')
    expect(await second.process.exited).toBe(0)
  },
  long_ms,
)

test(
  'what lies in the folder it is started in is not executed',
  async () => {
    const cwd = newFolder('trap')
    const sprung = join(cwd, 'sprung')
    writeFileSync(join(cwd, '.env'), 'STOWAGE_PORT=1\nSTOWAGE_NO_SUCH_SETTING=1\n')
    writeFileSync(join(cwd, 'bunfig.toml'), 'preload = ["./trap.ts"]\n')
    writeFileSync(join(cwd, 'trap.ts'), `await Bun.write('${sprung}', 'x')\n`)
    writeFileSync(join(cwd, 'tsconfig.json'), '{ "extends": "./no-such-file.json" }')
    const server = serve(newFolder('trapped'), freePort(), cwd)
    await server.ready()
    expect(existsSync(sprung)).toBe(false)
    server.process.kill('SIGTERM')
    expect(await server.process.exited).toBe(0)
  },
  long_ms,
)

test('settings: flags win over the environment, that over the file, that over ours', async () => {
  const data = newFolder('settings')
  writeFileSync(join(data, 'stowage.json'), '{ "port": 4001, "host": "::1", "open_files": 64 }')
  const child = Bun.spawn(
    [executable, 'config', 'show', '--origin', '--data', data, '--port', '4003'],
    { env: { STOWAGE_PORT: '4002', STOWAGE_HOST: '127.0.0.2' }, stdout: 'pipe' },
  )
  const shown = await child.stdout.text()
  expect(shown).toContain('port = 4003  (flag)')
  expect(shown).toContain('host = 127.0.0.2  (environment)')
  expect(shown).toContain('open_files = 64  (file)')
  expect(shown).toContain('log_level = info  (default)')
  writeFileSync(join(data, 'stowage.json'), '{ "prot": 4001 }')
  const refused = await run('config', 'show', '--data', data)
  expect(refused).toEqual({ exit_code: 2, output: 'There is no setting prot.\n' })
})
