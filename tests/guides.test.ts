/** The guide's commands, exactly as they are printed, run against the executable. */
import { afterAll, expect, test } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDemo } from './services/demo.ts'
import { builtExecutable } from './services/executable.ts'
import { freePort } from './services/minio-server.ts'

const long_ms = 300_000
const patience_ms = 60_000
const days = 12
const root = join(import.meta.dir, '..')
const guide = readFileSync(join(root, 'docs/guides/order-to-door.md'), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'stowage-guide-'))
const stops: (() => Promise<void>)[] = []

const missing = ['bash', 'curl', 'jq', 'node'].filter((program) => !Bun.which(program))
if (missing.length > 0) console.warn(`the guide is not run: there is no ${missing.join(', no ')}`)

afterAll(async () => {
  for (const stop of stops) await stop()
  rmSync(folder, { recursive: true, force: true })
})

const blocks = (language: string): string[] =>
  [...guide.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text!,
  )

/** Every event the guide promises: `You are told: …` */
const promised = [...guide.matchAll(/You\s+are\s+told:\s+((?:`[a-z_.]+`,?\s*)+)/g)].flatMap(
  ([, list]) => [...list!.matchAll(/[a-z_]+\.[a-z_]+/g)].map(([type]) => type),
)

/** The last block ends the receiver: it waits until we have seen what we came for. */
function script(): string {
  const all = blocks('sh')
  const last = all.pop()!
  const wait = 'while [ ! -e seen ]; do sleep 0.1; done'
  return ['set -euo pipefail', ...all, 'touch asked', wait, last].join('\n')
}

const received = (): string[] => {
  const path = join(folder, 'received.txt')
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : []
}

async function until(happened: () => boolean): Promise<void> {
  const give_up_at = performance.now() + patience_ms
  while (!happened() && performance.now() < give_up_at) await Bun.sleep(50)
}

test.skipIf(missing.length > 0)(
  'from order to door: every command succeeds, and every event arrives signed',
  async () => {
    const demo = await openDemo([await builtExecutable()], folder, freePort(), days)
    stops.push(demo.stop)
    writeFileSync(join(folder, 'receiver.mjs'), blocks('js')[0]!)
    // What `npm install standardwebhooks` would bring.
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
    const port = String(freePort())
    const { url: STOWAGE, note } = demo
    const child = Bun.spawn(['bash', '-c', script()], {
      cwd: folder,
      env: { ...process.env, STOWAGE, TOKEN: note.token, PORT: port },
      stdout: 'pipe',
      stderr: 'pipe',
    })
    const said = Promise.all([child.stdout.text(), child.stderr.text()])
    stops.push(async () => void child.kill())
    const types = () => new Set(received().map((line) => line.split(' ')[0]))
    await until(() => child.exitCode !== null || existsSync(join(folder, 'asked')))
    await until(() => child.exitCode !== null || promised.every((type) => types().has(type)))

    const forged = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })
    expect(forged.status).toBe(401)
    writeFileSync(join(folder, 'seen'), '')
    const [out, err] = await said
    expect({ exit_code: await child.exited, err }).toEqual({ exit_code: 0, err: '' })
    expect(promised.length).toBeGreaterThan(15)
    expect(promised.filter((type) => !types().has(type))).toEqual([])
    expect(received().filter((line) => line.startsWith('refused'))).toHaveLength(1)
    expect(readFileSync(join(folder, 'label.pdf'), 'latin1')).toStartWith('%PDF')
    expect(out).toContain('"tracking_number": "1Z')
  },
  long_ms,
)
