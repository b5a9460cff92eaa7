/**
 * Measures every number that is to be held, and writes `bench/RESULTS.md`.
 *
 *     bun bench/run.ts [--folder <on the disk to measure>] [row …]
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { build, ownTarget, stampOf } from '../build.ts'
import { machineOf } from './machine.ts'
import { writeTable } from './results.ts'
import { full, type Bench, type Finding, type Row, type Size, type Skipped } from './row.ts'
import { branch } from './rows/branch.ts'
import { executable } from './rows/executable.ts'
import { postMovement } from './rows/post-movement.ts'
import { queries } from './rows/queries.ts'
import { readLevel } from './rows/read-level.ts'
import { spreadWrites } from './rows/spread-writes.ts'
import { tenants } from './rows/tenants.ts'

export const rows: Record<string, Row> = {
  'read-level': readLevel,
  'post-movement': postMovement,
  tenants,
  queries,
  'spread-writes': spreadWrites,
  branch,
  executable,
}

/** Each row gets a folder of its own, which is gone afterwards. */
export async function measure(
  row: Row,
  size: Size,
  place: string,
  { executable, say = () => undefined }: Partial<Pick<Bench, 'executable' | 'say'>> = {},
): Promise<(Finding | Skipped)[]> {
  const folder = mkdtempSync(join(place, 'stowage-bench-'))
  try {
    return await row({ folder, size, say, ...(executable && { executable }) })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { folder: { type: 'string', default: tmpdir() } },
  })
  const wanted = positionals.length > 0 ? positionals : Object.keys(rows)
  const unknown = wanted.filter((name) => !(name in rows))
  if (unknown.length > 0) throw new Error(`Rows are ${Object.keys(rows).join(', ')}.`)
  const workshop = mkdtempSync(join(values.folder, 'stowage-built-'))
  const executable = join(workshop, 'stowage')
  await build(ownTarget(), executable, await stampOf())
  const machine = machineOf(workshop)
  const findings: (Finding | Skipped)[] = []
  for (const name of wanted) {
    console.log(`── ${name}`)
    try {
      const found = measure(rows[name]!, full, values.folder, { executable, say: console.log })
      findings.push(...(await found))
    } catch (error) {
      // One row that breaks does not take the others with it.
      console.error(error)
      findings.push({ what: name, skipped: `it failed: ${(error as Error).message}` })
      process.exitCode = 1
    }
  }
  rmSync(workshop, { recursive: true })
  const table = writeTable(machine, findings)
  console.log(table)
  // A part of the rows is for looking; only the whole is kept.
  if (positionals.length === 0) keep(table)
}

/** The table is written anew; what the campaigns found, kept by hand below it, stays. */
function keep(table: string): void {
  const path = join(import.meta.dir, 'RESULTS.md')
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const campaigns = before.indexOf('\n## Campaigns')
  writeFileSync(path, campaigns === -1 ? table : table + before.slice(campaigns))
}
