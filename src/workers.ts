/** Everything that works without being asked: readers of the outbox, webhooks, mail, jobs, the schedule. */
import type { Logger } from 'pino'
import { jobKinds, outboxReaders, schedules } from './app.ts'
import type { DataFolder } from './db/data-folder.ts'
import { OutboxReaders } from './events/outbox-readers.ts'
import { JobRunner } from './jobs/runner.ts'
import { MailDispatcher } from './mail/dispatcher.ts'
import type { Services } from './operations/services.ts'
import type { TenantIds } from './schedule/each-tenant.ts'
import type { Schedule } from './schedule/schedule.ts'
import { Scheduler } from './schedule/scheduler.ts'
import { tenantIds } from './tenants/tenant-ids.ts'
import { Dispatcher } from './webhooks/dispatch/dispatcher.ts'

export interface WorkersOptions {
  data: DataFolder
  services: Services
  log: Logger
  /** Schedules that need more than a room has, such as backups. */
  more_schedules?: readonly Schedule[]
}

export interface Workers {
  /** Lets what runs come to a safe point. Call it before the data folder is closed. */
  stop(): Promise<void>
}

/** Starts all workers of one process. They take up what an earlier process left. */
export async function startWorkers(options: WorkersOptions): Promise<Workers> {
  const { data, services, log, more_schedules = [] } = options
  const tenants = tenantIds(data)
  const readers = new OutboxReaders(data.tenants, outboxReaders, log)
  const dispatcher = new Dispatcher({ data, services, log })
  const mails = new MailDispatcher({ data, services, log })
  const runner = new JobRunner({ data, services, log, kinds: jobKinds })
  const all = [...schedules, ...more_schedules]
  const scheduler = new Scheduler({ data, services, log, tenants, schedules: all })
  readers.start()
  dispatcher.start()
  mails.start()
  runner.start()
  await scheduler.start()
  const sweep = new Sweep(data, tenants, log)
  sweep.start()
  return {
    async stop() {
      await sweep.stop()
      await Promise.all([
        scheduler.stop(),
        runner.stop(),
        readers.stop(),
        dispatcher.stop(),
        mails.stop(),
      ])
    },
  }
}

const page = 50

/** Opens every file once after the start: that wakes whatever was left in it. */
class Sweep {
  #stopped = false
  #done: Promise<void> = Promise.resolve()

  constructor(
    private readonly data: DataFolder,
    private readonly tenants: TenantIds,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.#done = this.#openAll()
  }

  async stop(): Promise<void> {
    this.#stopped = true
    await this.#done
  }

  async #openAll(): Promise<void> {
    let after = ''
    for (;;) {
      const ids = this.tenants(after, page)
      for (const tenant_id of ids) {
        // One file at a time, with requests in between.
        await new Promise<void>((resolve) => setImmediate(resolve))
        if (this.#stopped) return
        this.#open(tenant_id)
        after = tenant_id
      }
      if (ids.length < page) return
    }
  }

  #open(tenant_id: string): void {
    try {
      this.data.tenants.open(tenant_id)
    } catch (error) {
      this.log.warn({ err: error, tenant_id }, 'a file could not be opened at the start')
    }
  }
}
