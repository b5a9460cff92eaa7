/**
 * Counts the calls of the API in memory and writes them down every few seconds, so that a request
 * that only reads stays one that only reads. What a crash loses is at most the seconds since.
 */
import type { Logger } from 'pino'
import { minute_ms, second_ms, timestamp } from '../../kit/clock.ts'
import { Problem } from '../../kit/problem.ts'
import type { Meter, Terms } from '../../kit/terms.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import type { Write } from '../../db/session.ts'
import type { CallCounter } from '../../operations/door.ts'
import type { Principal } from '../../operations/principal.ts'
import { meter } from '../meter.ts'
import { periodAt } from '../period.ts'
import { quotaExceeded } from '../require-quota.ts'
import { findByKey } from '../store.ts'
import { usedIn } from '../total.ts'

/** Of one token in one organization in one minute. */
interface Count {
  readonly principal: Principal
  readonly occurred_at: string
  /** What it is written down under; a second attempt has the same. */
  readonly key: string
  calls: number
  bytes: number
}

/** How far a business with a hard quota is, kept in memory between two writes. */
interface Standing {
  used: number
  ends_at_ms: number
}

/** The longest time that a crash takes away. */
export const flush_every_ms = 5 * second_ms

export class CallMeter implements CallCounter {
  /** Of the minute that goes on. */
  #counts = new Map<Principal, Count>()
  #minute = 0
  /** Ready to be written, by business. */
  readonly #sealed = new Map<string, Count[]>()
  readonly #standings = new Map<string, Standing>()
  #flushing: Promise<void> | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly data: DataFolder,
    private readonly log: Logger,
  ) {}

  admit(principal: Principal): void {
    if (!principal.tenant_id) return
    const quota = principal.terms?.quotas.api_calls
    if (quota?.hard) this.#takeOne(principal, principal.terms!, quota.included)
    this.#countOf(principal).calls += 1
  }

  done(principal: Principal, bytes: number): void {
    if (principal.tenant_id) this.#countOf(principal).bytes += bytes
  }

  /** Writes down what was counted. A business whose file cannot take it now is tried again. */
  async flush(): Promise<void> {
    // One that began earlier may have left out what was counted since.
    await this.#flushing
    this.#flushing = this.#writeAll().finally(() => (this.#flushing = undefined))
    await this.#flushing
  }

  /** Writes down the rest. Call it when nothing is answered any more, before the files close. */
  async stop(): Promise<void> {
    await this.flush()
    clearTimeout(this.#timer)
  }

  #countOf(principal: Principal): Count {
    const now_ms = this.data.clock.now()
    const minute = Math.floor(now_ms / minute_ms)
    if (minute !== this.#minute) {
      this.#seal()
      this.#minute = minute
    }
    let count = this.#counts.get(principal)
    if (!count) {
      const occurred_at = timestamp(now_ms)
      count = { principal, occurred_at, key: this.data.ids('calls'), calls: 0, bytes: 0 }
      this.#counts.set(principal, count)
      this.#timer ??= this.#later()
    }
    return count
  }

  #later(): ReturnType<typeof setTimeout> {
    const flush = () => {
      this.#timer = undefined
      this.flush().catch((error: unknown) => this.log.error({ err: error }, 'calls are not kept'))
    }
    return setTimeout(flush, flush_every_ms).unref()
  }

  /** What is sealed does not grow any more, so that writing it twice writes the same. */
  #seal(): void {
    for (const [{ tenant_id }, count] of this.#counts) {
      const waiting = this.#sealed.get(tenant_id)
      if (waiting) waiting.push(count)
      else this.#sealed.set(tenant_id, [count])
    }
    this.#counts = new Map()
  }

  async #writeAll(): Promise<void> {
    this.#seal()
    await Promise.all([...this.#sealed.keys()].map((tenant_id) => this.#write(tenant_id)))
    if (this.#sealed.size > 0) this.#timer ??= this.#later()
  }

  async #write(tenant_id: string): Promise<void> {
    const counts = this.#sealed.get(tenant_id) ?? []
    const scope = scopeOf(counts[0]!.principal)
    try {
      await this.data.tenants.at(tenant_id).write(scope, (tx) => {
        for (const count of counts) keep(tx, count)
      })
    } catch (error) {
      const gone = error instanceof Problem && error.code === 'not_found'
      this.log.warn({ err: error, tenant_id }, gone ? 'calls of nobody' : 'calls could not be kept')
      if (!gone) return
    }
    const since = this.#sealed.get(tenant_id)?.slice(counts.length) ?? []
    if (since.length > 0) this.#sealed.set(tenant_id, since)
    else this.#sealed.delete(tenant_id)
    // Corrections and other terms are seen with the next call.
    this.#standings.delete(tenant_id)
  }

  /** @throws Problem `quota_exceeded` */
  #takeOne(principal: Principal, terms: Terms, included: number): void {
    const { tenant_id } = principal
    const now_ms = this.data.clock.now()
    let standing = this.#standings.get(tenant_id)
    if (!standing || now_ms >= standing.ends_at_ms) {
      standing = this.#look(principal, terms, now_ms)
      this.#standings.set(tenant_id, standing)
    }
    const { used, ends_at_ms } = standing
    if (used >= included) throw quotaExceeded('api_calls', used, included, ends_at_ms)
    standing.used += 1
  }

  /** What is in the file, and what is still on its way there. */
  #look(principal: Principal, terms: Terms, now_ms: number): Standing {
    const { tenant_id } = principal
    const period = periodAt(now_ms, terms)
    const from = timestamp(period.starts_at_ms)
    const counts = [...this.#counts.values(), ...(this.#sealed.get(tenant_id) ?? [])]
    return this.data.tenants.at(tenant_id).read(scopeOf(principal), (read) => {
      const on_their_way = counts
        .filter((count) => count.principal.tenant_id === tenant_id && count.occurred_at >= from)
        .filter(({ key }) => !findByKey(read, keyOf('api_calls', key)))
      const asked = { meter: 'api_calls', organization_id: undefined } as const
      const used = on_their_way.reduce((sum, { calls }) => sum + calls, usedIn(read, asked, period))
      return { used, ends_at_ms: period.ends_at_ms }
    })
  }
}

const scopeOf = ({ tenant_id, terms }: Pick<Principal, 'tenant_id' | 'terms'>): Scope => ({
  ...systemScope('metering', '', tenant_id),
  terms,
})

const keyOf = (meter: Meter, key: string): string => `${meter}:${key}`

function keep(tx: Write, { principal, occurred_at, key, calls, bytes }: Count): void {
  const { id: subject_id, organization_id } = principal
  const about = { subject_id, organization_id, occurred_at }
  // An answer that came in the next minute has bytes and no call.
  if (calls > 0) meter(tx, 'api_calls', keyOf('api_calls', key), calls, about)
  if (bytes > 0) meter(tx, 'bandwidth_bytes', keyOf('bandwidth_bytes', key), bytes, about)
}
