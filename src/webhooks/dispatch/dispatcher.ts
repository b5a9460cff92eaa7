/** Sends what is queued: each endpoint in its own lane, each delivery when it is due. */
import type { Logger } from 'pino'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import type { Read } from '../../db/session.ts'
import type { TenantFile } from '../../db/tenant-files.ts'
import { Alarm } from '../../jobs/alarm.ts'
import { CommitFollower } from '../../events/follow-commits.ts'
import type { Services } from '../../operations/services.ts'
import { dueDeliveries, nextDue, type DeliveryRow } from '../deliveries/store.ts'
import { listeningEndpoints, type EndpointRow } from '../endpoints/store.ts'
import { attempt, brokenAttempt, prepare, type Outcome } from './attempt.ts'
import { resolveHost, type Resolve } from './guard.ts'
import { failures_to_open } from './ladder.ts'
import { Lanes } from './lanes.ts'
import { settle } from './settle.ts'

export interface DispatcherOptions {
  data: DataFolder
  services: Pick<Services, 'master_key' | 'private_hosts'>
  log: Logger
  /** Default 15 seconds. */
  timeout_ms?: number
  resolve?: Resolve
}

const default_timeout_ms = 15_000
/** How long deliveries that are on their way may take to end when we stop. */
const stop_grace_ms = 3_000
const pause_after_trouble_ms = 30_000

interface Chosen {
  endpoint: EndpointRow
  delivery: DeliveryRow
}

/**
 * What is on its way is known here only: a delivery stays `pending` in the file until its answer is
 * recorded, so one that was on its way when the process died is sent again.
 */
export class Dispatcher {
  readonly #lanes = new Lanes()
  readonly #stopping = new AbortController()
  readonly #sending = new Set<Promise<void>>()
  /** Tenants that found all lanes of the process taken. */
  readonly #waiting = new Set<string>()
  readonly #follower: CommitFollower
  readonly #alarm: Alarm

  constructor(private readonly options: DispatcherOptions) {
    const { data, log } = options
    this.#follower = new CommitFollower(
      (tenant_id) => this.#dispatch(tenant_id),
      (tenant_id, error) => log.error({ err: error, tenant_id }, 'webhooks could not be sent'),
    )
    this.#alarm = new Alarm(data.clock, (tenant_id) => this.#follower.wake(tenant_id))
  }

  start(): void {
    this.#follower.start(this.options.data.tenants)
  }

  /** Looks again at every tenant whose next delivery is due: what the timer does. */
  ring(): void {
    this.#alarm.ring()
  }

  /** Resolves when nothing is on its way and nothing that is due waits to be. */
  async idle(): Promise<void> {
    do {
      await this.#follower.idle()
      await Promise.all(this.#sending)
      await this.#follower.idle()
    } while (this.#sending.size > 0)
  }

  /** Lets what is on its way end, for a moment; the rest is sent by the next start. */
  async stop(): Promise<void> {
    this.#alarm.stop()
    await this.#follower.stop()
    const grace = setTimeout(() => this.#stopping.abort(), stop_grace_ms)
    await Promise.all(this.#sending)
    clearTimeout(grace)
  }

  #dispatch(tenant_id: string): void {
    const file = this.options.data.tenants.at(tenant_id)
    const chosen = file.read(systemScope('webhooks'), (read) => this.#choose(read, tenant_id))
    for (const each of chosen) this.#begin(tenant_id, each)
  }

  /** Takes from every endpoint what is due and fits its lane, and sets the alarm for what comes next. */
  #choose(read: Read, tenant_id: string): Chosen[] {
    const next = nextDue(read)
    if (next === undefined || next > read.now) {
      this.#alarm.set(tenant_id, next === undefined ? undefined : Date.parse(next))
      return []
    }
    let wake_at: string | undefined
    const chosen: Chosen[] = []
    for (const endpoint of listeningEndpoints(read)) {
      if (endpoint.next_due_at === null) continue
      const opens_at = later(endpoint.next_due_at, endpoint.paused_until ?? '')
      if (opens_at > read.now) wake_at = wake_at && wake_at < opens_at ? wake_at : opens_at
      else chosen.push(...this.#take(read, tenant_id, endpoint))
    }
    this.#alarm.set(tenant_id, wake_at === undefined ? undefined : Date.parse(wake_at))
    return chosen
  }

  #take(read: Read, tenant_id: string, endpoint: EndpointRow): Chosen[] {
    const half_open = endpoint.consecutive_failures >= failures_to_open
    const wanted = half_open ? 1 : endpoint.max_concurrency
    const on_its_way = this.#lanes.of(tenant_id, endpoint.id)
    const free = this.#lanes.free(tenant_id, endpoint.id, wanted)
    if (free === 0) {
      if (on_its_way < wanted) this.#waiting.add(tenant_id)
      return []
    }
    const chosen = dueDeliveries(read, endpoint.id, read.now, free + on_its_way)
      .filter(({ id }) => !this.#lanes.isOnItsWay(tenant_id, endpoint.id, id))
      .slice(0, free)
    // Their places are taken at once, so that the next endpoint sees how many are left.
    for (const { id } of chosen) this.#lanes.enter(tenant_id, endpoint.id, id)
    return chosen.map((delivery) => ({ endpoint, delivery }))
  }

  #begin(tenant_id: string, chosen: Chosen): void {
    const sending = this.#deliver(tenant_id, chosen)
      .catch((error: unknown) => this.#recordingFailed(tenant_id, chosen, error))
      .finally(() => this.#sending.delete(sending))
    this.#sending.add(sending)
  }

  async #deliver(tenant_id: string, { endpoint, delivery }: Chosen): Promise<void> {
    const file = this.options.data.tenants.at(tenant_id)
    const scope = systemScope('webhooks', delivery.organization_id, tenant_id)
    try {
      const outcome = await this.#attempt(file, scope, endpoint, delivery)
      if (outcome) await file.write(scope, (tx) => settle(tx, delivery, outcome))
    } finally {
      this.#lanes.leave(tenant_id, delivery.endpoint_id, delivery.id)
    }
    this.#follower.wake(tenant_id)
    for (const waiting of this.#waiting) this.#follower.wake(waiting)
    this.#waiting.clear()
  }

  async #attempt(
    file: TenantFile,
    scope: Scope,
    endpoint: EndpointRow,
    delivery: DeliveryRow,
  ): Promise<Outcome | undefined> {
    const { data, services, log } = this.options
    const { resolve = resolveHost, timeout_ms = default_timeout_ms } = this.options
    try {
      const { master_key, private_hosts = [] } = services
      const prepared = file.read(scope, (read) => prepare(read, master_key, endpoint, delivery))
      const { signal } = this.#stopping
      return await attempt(prepared, data.clock, { private_hosts, resolve, timeout_ms, signal })
    } catch (error) {
      log.error({ err: error, tenant_id: file.tenant_id, id: delivery.id }, 'an attempt broke')
      return brokenAttempt(endpoint.url, data.clock)
    }
  }

  /** It stays as it was and is sent again, but not at once: the file may be in trouble. */
  #recordingFailed(tenant_id: string, { delivery }: Chosen, error: unknown): void {
    const { data, log } = this.options
    log.error({ err: error, tenant_id, id: delivery.id }, 'an attempt could not be recorded')
    this.#alarm.set(tenant_id, data.clock.now() + pause_after_trouble_ms)
  }
}

const later = (a: string, b: string): string => (a > b ? a : b)
