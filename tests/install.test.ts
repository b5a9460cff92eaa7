/** The installer, in a scratch root: what it writes, what it leaves alone, what it takes away. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { builtExecutable } from './services/executable.ts'

const long_ms = 180_000
const script = join(import.meta.dir, '../install.sh')
const folder = mkdtempSync(join(tmpdir(), 'stowage-install-'))
const root = join(folder, 'root')
const litestream = join(folder, 'litestream')
let executable: string

beforeAll(async () => {
  executable = await builtExecutable()
  writeFileSync(litestream, '#!/bin/sh\nexit 0\n', { mode: 0o755 })
}, long_ms)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function install(...args: string[]): Promise<{ exit_code: number; output: string }> {
  const child = Bun.spawn(
    ['sh', script, '--root', root, '--from', executable, '--litestream', litestream, ...args],
    { stdout: 'pipe', stderr: 'pipe' },
  )
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()])
  return { exit_code: await child.exited, output: out + err }
}

const inRoot = (path: string) => join(root, path)
const read = (path: string) => readFileSync(inRoot(path), 'utf8')
const mode = (path: string) => statSync(inRoot(path)).mode & 0o777

test(
  'a dry run says what it would do, and does nothing',
  async () => {
    const { exit_code, output } = await install('--dry-run')
    expect(exit_code).toBe(0)
    expect(output).toContain('would write: /usr/local/lib/stowage/stowage')
    expect(output).toContain('would write: /etc/systemd/system/stowage.service')
    expect(existsSync(root)).toBe(false)
  },
  long_ms,
)

test(
  'it installs programs, settings, folders and services',
  async () => {
    const { exit_code, output } = await install('--public-url', 'https://stock.example.com')
    expect([exit_code, output]).toEqual([0, expect.stringContaining('wrote: ')])
    expect(mode('/usr/local/lib/stowage/stowage')).toBe(0o755)
    expect(mode('/var/lib/stowage')).toBe(0o700)
    expect(lstatSync(inRoot('/usr/local/bin/stowage')).isSymbolicLink()).toBe(true)
    const settings = read('/etc/stowage/stowage.env')
    expect(settings).toContain('STOWAGE_PUBLIC_URL=https://stock.example.com')
    expect(mode('/etc/stowage/stowage.env')).toBe(0o640)
    const configuration = JSON.parse(read('/etc/stowage/litestream.yml')) as Record<string, object>
    expect(configuration.snapshot).toEqual({ interval: '24h', retention: '720h' })
    for (const name of ['stowage', 'stowage-litestream']) {
      const unit = read(`/etc/systemd/system/${name}.service`)
      expect(unit).toContain('ProtectSystem=strict')
      expect(unit).toContain('NoNewPrivileges=yes')
      expect(unit).not.toContain('MemoryDenyWriteExecute=')
    }
  },
  long_ms,
)

test.skipIf(!Bun.which('systemd-analyze'))('systemd understands the units', async () => {
  const units = ['stowage', 'stowage-litestream'].map((name) => `${name}.service`)
  const { stderr } = Bun.spawnSync([
    'systemd-analyze',
    'verify',
    `--root=${root}`,
    ...units.map((unit) => `/etc/systemd/system/${unit}`),
  ])
  const about_ours = stderr
    .toString()
    .split('\n')
    .filter((line) => /stowage/.test(line) && !/User .* not found|Unit .* not found/.test(line))
  expect(about_ours).toEqual([])
})

test(
  'a second run changes nothing, and keeps what the operator wrote',
  async () => {
    const mine = 'STOWAGE_PORT=8080\n'
    writeFileSync(inRoot('/etc/stowage/stowage.env'), mine)
    const { exit_code, output } = await install()
    expect(exit_code).toBe(0)
    expect(output).not.toContain('wrote: ')
    expect(output).toContain('kept: /etc/stowage/stowage.env')
    expect(read('/etc/stowage/stowage.env')).toBe(mine)
  },
  long_ms,
)

test(
  'a program that does not work here is not installed',
  async () => {
    const broken = join(folder, 'broken')
    writeFileSync(broken, '#!/bin/sh\necho no\nexit 1\n', { mode: 0o755 })
    const before = statSync(inRoot('/usr/local/lib/stowage/stowage')).ino
    const { exit_code, output } = await install('--from', broken)
    expect(exit_code).toBe(1)
    expect(output).toContain('does not work here')
    expect(statSync(inRoot('/usr/local/lib/stowage/stowage')).ino).toBe(before)
  },
  long_ms,
)

test('uninstalling leaves the data and the settings', async () => {
  writeFileSync(inRoot('/var/lib/stowage/platform.db'), 'data')
  const { exit_code } = await install('--uninstall')
  expect(exit_code).toBe(0)
  expect(readdirSync(inRoot('/usr/local/lib/stowage'))).toEqual([])
  expect(readdirSync(inRoot('/etc/systemd/system'))).toEqual([])
  expect(read('/var/lib/stowage/platform.db')).toBe('data')
  expect(existsSync(inRoot('/etc/stowage/stowage.env'))).toBe(true)
})

test('what makes no sense is refused', async () => {
  for (const args of [['--no-such-option'], ['--port', 'x'], ['--public-url', 'http://a;b']]) {
    expect((await install(...args)).exit_code).toBe(1)
  }
})
