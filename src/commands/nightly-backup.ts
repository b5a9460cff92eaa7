/** Makes the whole backup every night, in a process of its own: proving it is heavy work. */
import { join } from 'node:path'
import { pruneBackups } from '../replication/backup.ts'
import type { RunContext, Schedule } from '../schedule/schedule.ts'
import { backupTarget } from './installation.ts'
import { environmentOf, type Settings } from './settings.ts'

const keep_days = 30
/** However old: a clock that runs wild must not empty the shelf. */
const keep_least = 7

export const nightlyBackup = (settings: Settings): Schedule => ({
  name: 'back_up',
  summary: 'Copies everything whole, proves the copies, and removes those older than 30 days.',
  cron: '10 2 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, signal }: RunContext) {
    const said = await backUp(settings, signal)
    const target = backupTarget(settings)
    const removed = await pruneBackups({
      ...{ target, now_ms: data.clock.now(), keep_days, keep_least },
    })
    return { backup: said, removed: removed.length }
  },
})

async function backUp(settings: Settings, signal: AbortSignal): Promise<string> {
  const child = Bun.spawn([...ourselves(), 'backup'], {
    env: { ...process.env, ...environmentOf(settings) },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const [said, complaint] = await Promise.all([child.stdout.text(), child.stderr.text()])
  if ((await child.exited) !== 0) throw new Error(`The backup failed: ${said}${complaint}`)
  return said.trim()
}

/** The command that starts this program again: the executable, or Bun with the source. */
const ourselves = (): string[] =>
  Bun.main.startsWith('/$bunfs/')
    ? [process.execPath]
    : [process.execPath, join(import.meta.dir, '../main.ts')]
