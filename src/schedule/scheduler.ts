/** Begins what is due by the clock, never two runs of the same schedule, and keeps the history. */
import type { Logger } from 'pino'
import { assert } from '../kit/problem.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { Alarm } from '../jobs/alarm.ts'
import type { Services } from '../operations/services.ts'
import { CutOff, eachTenant, type TenantIds } from './each-tenant.ts'
import { nextTime } from './next.ts'
import type { RunContext, Schedule } from './schedule.ts'
import {
  deleteSchedule,
  endRun,
  findRun,
  findSchedule,
  insertRun,
  leaseRun,
  openRun,
  openRuns,
  putSchedule,
  requeueRun,
  scheduleRows,
  setNext,
  type RunRow,
} from './store.ts'

export interface SchedulerOptions {
  data: DataFolder
  services: Services
  schedules: readonly Schedule[]
  tenants: TenantIds
  log: Logger
}

const scope = systemScope('schedule')
/** Runs at once: each goes through the businesses one by one, so this bounds the load. */
const most_at_once = 2
/** A run that was cut off this often is given up: it may be what ends the process. */
const most_attempts = 3

export class Scheduler {
  readonly #worker = crypto.randomUUID()
  readonly #schedules: Map<string, Schedule>
  readonly #alarm: Alarm
  readonly #running = new Map<string, Promise<void>>()
  readonly #stopping = new AbortController()
  #unsubscribe: () => void = () => {}
  #looking: Promise<void> | undefined
  #again = false

  constructor(private readonly options: SchedulerOptions) {
    const { schedules, data } = options
    this.#schedules = new Map(schedules.map((schedule) => [schedule.name, schedule]))
    assert(this.#schedules.size === schedules.length, 'every schedule is declared once')
    this.#alarm = new Alarm(data.clock, () => this.wake())
  }

  /** Writes down what is declared, queues what was missed, and takes up what was cut off. */
  async start(): Promise<void> {
    const { platform } = this.options.data
    await platform.write(scope, (tx) => {
      for (const { name } of scheduleRows(tx)) {
        if (!this.#schedules.has(name)) deleteSchedule(tx, name)
      }
      for (const schedule of this.#schedules.values()) declare(tx, schedule)
      for (const run of openRuns(tx)) this.#takeUp(tx, run)
    })
    this.#unsubscribe = platform.onCommit(() => this.wake())
    this.wake()
  }

  /** Looks at what is due now; the timer and every commit on the platform's file call this. */
  wake(): void {
    if (this.#stopping.signal.aborted) return
    if (this.#looking) {
      this.#again = true
      return
    }
    this.#looking = this.#look()
      .catch((error: unknown) => this.options.log.error({ err: error }, 'the schedule broke'))
      .finally(() => {
        this.#looking = undefined
        if (this.#again) {
          this.#again = false
          this.wake()
        }
      })
  }

  /** Resolves when nothing runs and nothing that is due waits. */
  async idle(): Promise<void> {
    while (this.#looking ?? this.#running.size > 0) {
      await this.#looking
      await Promise.all(this.#running.values())
    }
  }

  /** Runs that go through businesses stop after the one they are at, and go on with the next start. */
  async stop(grace_ms = 10_000): Promise<void> {
    this.#unsubscribe()
    this.#alarm.stop()
    this.#stopping.abort(new CutOff('the process is stopping'))
    await this.#looking
    let timer: ReturnType<typeof setTimeout> | undefined
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, grace_ms)))
    await Promise.race([Promise.all(this.#running.values()), grace])
    clearTimeout(timer)
  }

  async #look(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve))
    const { platform } = this.options.data
    const due = platform.read(scope, (read) =>
      scheduleRows(read).some(({ next_at }) => next_at <= read.now),
    )
    if (due) await platform.write(scope, queueDue)
    for (const { name, next_at } of platform.read(scope, scheduleRows)) {
      this.#alarm.set(name, Date.parse(next_at))
    }
    for (const run of platform.read(scope, openRuns)) {
      if (run.state !== 'queued' || this.#running.has(run.schedule)) continue
      if (this.#running.size >= most_at_once || this.#stopping.signal.aborted) return
      const done = this.#run(run.id, run.schedule).finally(() => {
        this.#running.delete(run.schedule)
        this.wake()
      })
      this.#running.set(run.schedule, done)
    }
  }

  async #run(run_id: string, name: string): Promise<void> {
    const { data, log } = this.options
    try {
      const run = await data.platform.write(scope, (tx) => {
        leaseRun(tx, run_id, this.#worker)
        return findRun(tx, run_id)!
      })
      const end = await this.#carryOut(run)
      await data.platform.write(scope, (tx) => {
        if (end === 'cut off') requeueRun(tx, run_id, 1)
        else endRun(tx, run_id, end)
      })
    } catch (error) {
      log.error({ err: error, run_id, schedule: name }, 'a run could not be recorded')
    }
  }

  async #carryOut(run: RunRow): Promise<Pick<RunRow, 'state' | 'facts' | 'error'> | 'cut off'> {
    const { data, services, log, tenants } = this.options
    const { signal } = this.#stopping
    let failed = 0
    let walked = false
    const context: RunContext = {
      run_id: run.id,
      due_at: run.due_at,
      data,
      services,
      log,
      signal,
      async eachTenant(work) {
        assert(!walked, 'a run goes through the businesses once')
        walked = true
        const { tenants_failed, tenants_done } = await eachTenant(data, run, tenants, signal, work)
        failed = tenants_failed
        log.info({ run_id: run.id, schedule: run.schedule, tenants_done, tenants_failed })
      },
    }
    try {
      const schedule = this.#schedules.get(run.schedule)
      assert(schedule, `the schedule ${run.schedule} is declared`)
      const facts = JSON.stringify(await schedule.run(context))
      const error = failed > 0 ? `It failed for ${failed} of the businesses.` : ''
      return { state: failed > 0 ? 'failed' : 'succeeded', facts, error }
    } catch (error) {
      if (signal.aborted) return 'cut off'
      log.error({ err: error, run_id: run.id, schedule: run.schedule }, 'a scheduled run failed')
      const message = error instanceof Error ? error.message : String(error)
      return { state: 'failed', facts: '{}', error: message }
    }
  }

  #takeUp(tx: Write, run: RunRow): void {
    if (run.state !== 'running' && this.#schedules.has(run.schedule)) return
    if (this.#schedules.has(run.schedule) && run.attempt_count < most_attempts) {
      requeueRun(tx, run.id, 0)
      return
    }
    const error = `It was cut off ${run.attempt_count} times.`
    endRun(tx, run.id, { state: 'failed', facts: '{}', error })
  }
}

/** A schedule that is new, or whose times changed, begins with its next time. */
function declare(tx: Write, schedule: Schedule): void {
  const { name, cron, timezone } = schedule
  const known = findSchedule(tx, name)
  const next_at = nextTime(cron, timezone, tx.now_ms)
  const same = known?.cron === cron && known.timezone === timezone
  if (same && known.next_at <= tx.now && schedule.catch_up === 'once' && !openRun(tx, name)) {
    const due_at = known.next_at
    insertRun(tx, { id: tx.id('srn'), schedule: name, cause: 'catch_up', asked_by: '', due_at })
  }
  putSchedule(tx, schedule, same && known.next_at > tx.now ? known.next_at : next_at)
}

/** A time that comes while the run before is still going on is let pass. */
function queueDue(tx: Write): void {
  for (const { name, cron, timezone, next_at } of scheduleRows(tx)) {
    if (next_at > tx.now) continue
    setNext(tx, name, nextTime(cron, timezone, tx.now_ms))
    if (openRun(tx, name)) continue
    const due_at = next_at
    insertRun(tx, { id: tx.id('srn'), schedule: name, cause: 'schedule', asked_by: '', due_at })
  }
}
