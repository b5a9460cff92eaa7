/** Runs queued jobs, a few at once, every business in its turn. */
import type { Logger } from 'pino'
import { timestamp } from '../kit/clock.ts'
import { assert, type Problem } from '../kit/problem.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { CommitFollower } from '../events/follow-commits.ts'
import { describeFailure } from '../operations/failures.ts'
import type { Services } from '../operations/services.ts'
import { Alarm } from './alarm.ts'
import { openContext } from './context.ts'
import { end } from './end.ts'
import type { JobKind } from './kind.ts'
import {
  isAbandoned,
  lease,
  lease_ms,
  LeaseLost,
  requireLease,
  scopeOf,
  survey,
  takeBack,
  within,
} from './lease.ts'
import {
  findJob,
  holdsLease,
  insertLog,
  nextQueued,
  renewLease,
  requeueJob,
  runningJobs,
  type JobRow,
} from './store.ts'

export interface RunnerOptions {
  data: DataFolder
  services: Services
  kinds: readonly JobKind[]
  log: Logger
  /** Jobs at once in this process; default 4. A business has one at a time. */
  concurrency?: number
}

const default_concurrency = 4
const first_backoff_ms = 30_000
/** Overdue jobs that one write ends; the rest follows in the next. */
const most_ended_at_once = 50

interface Running {
  /** Known once it is leased. */
  row?: JobRow
  abort: AbortController
  done: Promise<void>
}

export class JobRunner {
  /** This run of the process: jobs leased by another are abandoned, because it owned the folder. */
  readonly #worker = crypto.randomUUID()
  readonly #kinds: Map<string, JobKind>
  readonly #follower: CommitFollower
  readonly #alarm: Alarm
  /** Businesses with work, each once, in order of their turn. */
  readonly #turns = new Set<string>()
  /** By business: each has one job at a time. */
  readonly #running = new Map<string, Running>()
  #heartbeat: ReturnType<typeof setInterval> | undefined
  #stopped = false

  constructor(private readonly options: RunnerOptions) {
    const { data, kinds, log } = options
    this.#kinds = new Map(kinds.map((kind) => [kind.kind, kind]))
    assert(this.#kinds.size === kinds.length, 'every kind of job is declared once')
    this.#follower = new CommitFollower(
      (tenant_id) => this.#look(tenant_id),
      (tenant_id, error) => log.error({ err: error, tenant_id }, 'jobs could not be looked at'),
    )
    this.#alarm = new Alarm(data.clock, (tenant_id) => this.#follower.wake(tenant_id))
  }

  start(): void {
    this.#follower.start(this.options.data.tenants)
    this.#heartbeat = setInterval(() => void this.renew(), lease_ms / 3)
    this.#heartbeat.unref()
  }

  /** What the timer does: looks again at every business whose next job is due. */
  ring(): void {
    this.#alarm.ring()
  }

  /** Resolves when no job runs and none that is due waits. */
  async idle(): Promise<void> {
    do {
      await this.#follower.idle()
      await Promise.all([...this.#running.values()].map(({ done }) => done))
      await this.#follower.idle()
    } while (this.#running.size > 0)
  }

  /** Asks running jobs to stop; those that do go on with the next start. */
  async stop(grace_ms = 5_000): Promise<void> {
    this.#stopped = true
    this.#alarm.stop()
    clearInterval(this.#heartbeat)
    await this.#follower.stop()
    const ending = [...this.#running.values()].map(({ abort, done }) => {
      abort.abort(new Error('the process is stopping'))
      return done
    })
    let timer: ReturnType<typeof setTimeout> | undefined
    const grace = new Promise<void>((resolve) => (timer = setTimeout(resolve, grace_ms)))
    await Promise.race([Promise.all(ending), grace])
    clearTimeout(timer)
  }

  /** Keeps the leases of running jobs; one that is lost ends its work. */
  async renew(): Promise<void> {
    const until = timestamp(this.options.data.clock.now() + lease_ms)
    await Promise.all(
      [...this.#running].map(async ([tenant_id, { row, abort }]) => {
        if (!row) return
        try {
          await this.options.data.tenants.at(tenant_id).write(scopeOf(row, tenant_id), (tx) => {
            requireLease(tx, row.id, row.fence)
            renewLease(tx, row.id, until)
          })
        } catch (error) {
          const about = { err: error, tenant_id, job_id: row.id }
          this.options.log.warn(about, 'a lease was not renewed')
          if (error instanceof LeaseLost) abort.abort(error)
        }
      }),
    )
  }

  #look(tenant_id: string): void {
    const file = this.options.data.tenants.at(tenant_id)
    const { ready, next_at, to_cancel } = file.read(systemScope('jobs'), (read) =>
      survey(read, this.#worker),
    )
    this.#alarm.set(tenant_id, next_at === undefined ? undefined : Date.parse(next_at))
    const running = this.#running.get(tenant_id)
    if (running?.row && to_cancel.includes(running.row.id)) {
      running.abort.abort(new Error('cancelled'))
    }
    if (ready) this.#turns.add(tenant_id)
    this.#fill()
  }

  #fill(): void {
    const { concurrency = default_concurrency } = this.options
    for (const tenant_id of this.#turns) {
      if (this.#stopped || this.#running.size >= concurrency) return
      if (this.#running.has(tenant_id)) continue
      this.#turns.delete(tenant_id)
      const running: Running = { abort: new AbortController(), done: Promise.resolve() }
      this.#running.set(tenant_id, running)
      running.done = this.#runNext(tenant_id, running)
    }
  }

  /** One job of one business; then the next one in turn, which may be another business. */
  async #runNext(tenant_id: string, running: Running): Promise<void> {
    try {
      const row = await this.#lease(tenant_id)
      if (row) await this.#run(tenant_id, row, running)
    } catch (error) {
      this.options.log.error({ err: error, tenant_id }, 'a job could not be recorded')
    } finally {
      this.#running.delete(tenant_id)
    }
    this.#follower.wake(tenant_id)
    this.#fill()
  }

  /** Ends what is over, takes back what was abandoned, and leases what is due, in one write. */
  #lease(tenant_id: string): Promise<JobRow | undefined> {
    const file = this.options.data.tenants.at(tenant_id)
    return file.write(systemScope('jobs', '', tenant_id), (tx) => {
      for (const row of runningJobs(tx)) {
        if (isAbandoned(row, this.#worker, tx.now)) takeBack(within(tx, row), row)
      }
      for (let ended = 0; ended < most_ended_at_once; ended += 1) {
        const next = nextQueued(tx)
        if (!next || next.start_by > tx.now) break
        end(within(tx, next), next.id, { state: 'expired' })
      }
      return lease(tx, this.#worker)
    })
  }

  async #run(tenant_id: string, row: JobRow, running: Running): Promise<void> {
    const { data, services, log } = this.options
    const file = data.tenants.at(tenant_id)
    const scope = { ...scopeOf(row, tenant_id), terms: services.terms?.(tenant_id) }
    running.row = row
    const { signal } = running.abort
    const kind = this.#kinds.get(row.kind)
    try {
      assert(kind, `the kind of job ${row.kind} is known`)
      const context = openContext({ data, file, scope, row, services, signal })
      const output = await kind.run(context, JSON.parse(row.input) as never)
      await file.write(scope, (tx) => {
        requireLease(tx, row.id, row.fence)
        end(tx, row.id, { state: 'succeeded', output })
      })
    } catch (error) {
      if (error instanceof LeaseLost) {
        log.warn({ tenant_id, job_id: row.id }, 'a job was taken over by another worker')
        return
      }
      const failure = describeFailure(log, error, row.request_id, `jobs.${row.kind}`)
      await file.write(scope, (tx) => {
        if (holdsLease(tx, row.id, row.fence)) this.#settleFailure(tx, row, failure)
      })
    }
  }

  /** Cancelled, stopped with the process, tried again, or given up: in this order. */
  #settleFailure(tx: Write, row: JobRow, failure: Problem): void {
    if (findJob(tx, row.id)?.cancel_requested_at) {
      end(tx, row.id, { state: 'cancelled' })
    } else if (this.#stopped) {
      requeueJob(tx, row.id, tx.now, 1)
    } else {
      const message = `${failure.code}: ${failure.detail}`
      insertLog(tx, row.id, { attempt: row.attempt_count, level: 'error', message })
      if (failure.code === 'internal' && row.attempt_count < row.max_attempts) {
        const wait_ms = first_backoff_ms * 4 ** (row.attempt_count - 1)
        requeueJob(tx, row.id, timestamp(tx.now_ms + wait_ms))
      } else {
        end(tx, row.id, { state: 'failed', code: failure.code, detail: failure.detail })
      }
    }
  }
}
