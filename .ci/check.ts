/** The one gate: format, types, and all tests, with one line at the end that says how it went. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

interface Totals {
  passed: number
  failed: number
  skipped: number
}

const root = join(import.meta.dir, '..')
const bun = process.execPath

async function run(title: string, args: string[]): Promise<number> {
  console.log(`\n── ${title}`)
  const child = Bun.spawn([bun, ...args], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] })
  return child.exited
}

/** A step that is right or wrong as a whole. */
async function step(title: string, ...args: string[]): Promise<Totals> {
  const failed = (await run(title, args)) === 0 ? 0 : 1
  return { passed: 1 - failed, failed, skipped: 0 }
}

/** Every test counts; a run that ended badly without a failed test counts as a failure of its own. */
async function tests(): Promise<Totals> {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-check-'))
  const report = join(folder, 'report.xml')
  const code = await run('tests', [
    'test',
    '--timeout=60000',
    '--reporter=junit',
    `--reporter-outfile=${report}`,
  ])
  const totals = existsSync(report) ? readTotals(readFileSync(report, 'utf8')) : undefined
  rmSync(folder, { recursive: true })
  if (!totals) return { passed: 0, failed: 1, skipped: 0 }
  if (code !== 0 && totals.failed === 0) totals.failed = 1
  return totals
}

function readTotals(report: string): Totals {
  const summary = /<testsuites [^>]*>/.exec(report)?.[0] ?? ''
  const count = (name: string) => Number(new RegExp(` ${name}="(\\d+)"`).exec(summary)?.[1] ?? 0)
  const [all, failed, skipped] = [count('tests'), count('failures'), count('skipped')]
  return { passed: all - failed - skipped, failed, skipped }
}

const steps = [
  await step(
    'format',
    'node_modules/prettier/bin/prettier.cjs',
    '--check',
    '--log-level=warn',
    '.',
  ),
  await step('types', 'node_modules/typescript/bin/tsc', '-p', '.'),
  await tests(),
]
const sum = (name: keyof Totals) => steps.reduce((total, each) => total + each[name], 0)
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
process.exitCode = sum('failed') > 0 ? 1 : 0
