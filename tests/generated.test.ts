/** What is written from the code is as the code would write it now, and reads well elsewhere. */
import { expect, test } from 'bun:test'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { generatedFiles } from '../src/commands/reference.ts'
import { commands } from '../src/commands/table.ts'

const root = join(import.meta.dir, '..')
const docs = join(root, 'docs')
const generated = generatedFiles(commands)

for (const [path, content] of Object.entries(generated)) {
  test(`docs/${path} is up to date: bun run reference`, () => {
    const file = join(docs, path)
    expect(existsSync(file)).toBe(true)
    expect(readFileSync(file, 'utf8') === content).toBe(true)
  })
}

test('docs/reference holds nothing that nobody writes', () => {
  const written = Object.keys(generated).filter((path) => path.startsWith('reference/'))
  expect(readdirSync(join(docs, 'reference')).sort()).toEqual(
    written.map((path) => path.replace('reference/', '')).sort(),
  )
})

test('an outside reader finds no error in docs/openapi.yaml', async () => {
  const reader = 'node_modules/@redocly/cli/bin/cli.js'
  // Its telemetry and its look for a newer version are off: the gate needs no network.
  const quiet = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' }
  const child = Bun.spawn(
    [process.execPath, reader, 'lint', 'docs/openapi.yaml', '--format=json'],
    { cwd: root, env: { ...process.env, ...quiet }, stdout: 'pipe', stderr: 'pipe' },
  )
  const [report, words] = await Promise.all([child.stdout.text(), child.stderr.text()])
  const { totals, problems } = JSON.parse(report) as {
    totals: { errors: number }
    problems: { severity: string; message: string }[]
  }
  const wrong = problems.filter(({ severity }) => severity === 'error')
  expect([wrong.map(({ message }) => message), totals.errors]).toEqual([[], 0])
  expect([await child.exited, words.includes('rror')]).toEqual([0, false])
}, 60_000)
