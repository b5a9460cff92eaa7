/** The table as it is kept: what holds, and what does not. */
import { loadNow, type Machine } from './machine.ts'
import type { Finding, Skipped } from './row.ts'

export function writeTable(machine: Machine, findings: readonly (Finding | Skipped)[]): string {
  const rows = findings.map((each) =>
    'skipped' in each
      ? `| ${each.what} | skipped: ${each.skipped} | | | |`
      : `| ${each.what} | ${each.measured} | ${each.ratio ?? ''} | ${each.hold} | ${
          each.met ? 'met' : '**not met**'
        } |`,
  )
  return [
    '# Measured',
    '',
    'Made by `bun run bench`. What is compared was measured in turns in one run on one machine; the',
    'numbers of another machine say nothing about these, the ratios do.',
    '',
    '| machine | |',
    '|---|---|',
    `| processor | ${machine.cores} |`,
    `| memory | ${machine.memory} |`,
    `| kernel | ${machine.kernel} |`,
    `| one 4 KiB \`fdatasync\` | ${machine.sync} |`,
    `| Bun, SQLite | ${machine.bun}, ${machine.sqlite} |`,
    `| begun (UTC) | ${machine.date} |`,
    `| load average at the beginning; at the end | ${machine.load}; ${loadNow()} |`,
    '',
    '| what | measured | ratio | to hold | |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}
