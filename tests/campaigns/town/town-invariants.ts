/** What has to be true of a whole installation, whatever was done in it and however late it is. */
import { proveAudit } from '../../../src/audit/prove.ts'
import type { DatabaseFile } from '../../../src/db/file.ts'
import { systemScope } from '../../../src/db/scope.ts'
import type { Read } from '../../../src/db/session.ts'
import type { TenantFile } from '../../../src/db/tenant-files.ts'
import { timestamp } from '../../../src/kit/clock.ts'
import type { Terms } from '../../../src/kit/terms.ts'
import { periodAt } from '../../../src/metering/period.ts'
import { temporal } from '../../../src/metering/testing/temporal.ts'
import type { Usage } from '../../../src/metering/schema.ts'
import { require } from '../simulation/model.ts'
import type { Business, Town } from './town.ts'

const scope = systemScope('town')

/** Where each state may lead; nothing else ever happens to a business. */
const arrows: Record<string, readonly string[]> = {
  onboarding: ['active', 'suspended', 'closing', 'deleted'],
  active: ['restricted', 'suspended', 'closing', 'deleted'],
  restricted: ['active', 'suspended', 'closing', 'deleted'],
  suspended: ['onboarding', 'active', 'restricted', 'closing', 'deleted'],
  closing: ['onboarding', 'active', 'restricted', 'suspended', 'deleted'],
  deleted: [],
}

interface Ceiling {
  /** What says how much may be used: the same words, the same ceiling. */
  words: string
  most: number
}

export class TownInvariants {
  #statuses = new Map<string, string>()
  readonly #was_active = new Set<string>()
  /** Organizations that ever had an owner. */
  readonly #owned = new Set<string>()
  readonly #audited = new Map<string, number>()
  readonly #people = new Map<string, number>()
  readonly #ceilings = new Map<string, Ceiling>()
  readonly #periods = new Map<string, { starts_at_ms: number; ends_at_ms: number }>()

  constructor(private readonly town: Town) {}

  async afterEach(): Promise<void> {
    this.#alongTheArrows()
    for (const business of this.#living()) {
      this.#seatsAreKept(business)
      await this.#noteCeiling(business)
    }
  }

  async often(): Promise<void> {
    const { town } = this
    const { platform } = town.real.data
    this.#auditHolds('', platform)
    this.#subscriptionsFollow(platform)
    await town.calls.flush()
    for (const business of this.#living()) {
      const file = town.real.data.tenants.at(business.id)
      this.#auditHolds(business.id, file)
      this.#ownersStay(business.id, file)
      this.#usageAddsUp(business, file)
      await this.#usageIsShown(business)
    }
  }

  /** Call it when the clock has done all it does: nothing that was due is left. */
  afterTheClock(): void {
    const { town } = this
    const now = timestamp(town.real.clock.now())
    town.real.data.platform.read(scope, (read) => {
      const none = (what: string, sql: string) => {
        const left = read.all(sql, now)
        require(left.length === 0, `${what}: ${JSON.stringify(left.slice(0, 3))}`)
      }
      none('plans that should follow', 'SELECT * FROM subscriptions WHERE next_at <= ?')
      none('exceptions that are over', 'SELECT * FROM plan_overrides WHERE ends_at <= ?')
      none('grace that is over', 'SELECT id, status FROM tenants WHERE closes_at <= ?')
      none('erasures', "SELECT * FROM erasures WHERE state <> 'done' AND started_at <= ?")
      none(
        'trials told twice',
        `SELECT recipient, count(*) FROM mails WHERE kind = 'trial_ends' AND created_at <= ?
          GROUP BY recipient HAVING count(*) > 1`,
      )
      none(
        'standing',
        `SELECT t.id, t.status FROM tenants t WHERE t.status IN ('active', 'restricted')
          AND (t.status = 'restricted') <> EXISTS (SELECT 1 FROM requirements r
            WHERE r.tenant_id = t.id AND r.met_at IS NULL AND r.waived_at IS NULL
              AND r.due_at <= ?)`,
      )
    })
  }

  #living(): Business[] {
    return [...this.town.businesses.values()].filter(
      ({ id }) => this.#statuses.get(id) !== 'deleted',
    )
  }

  #alongTheArrows(): void {
    const { town } = this
    const now = town.statuses()
    for (const [id, status] of now) {
      const before = this.#statuses.get(id) ?? status
      const may = before === status || arrows[before]!.includes(status)
      require(may, `${id} went from ${before} to ${status}`)
      if (status === 'active' || status === 'restricted') this.#was_active.add(id)
      const fell = status === 'onboarding' && this.#was_active.has(id)
      require(!fell, `${id} was at work and is being set up again`)
      require(status !== 'pending', `${id} is shown half-made`)
      const file_is_there = town.real.data.tenants.exists(id)
      require(file_is_there === (status !== 'deleted'), `${id} is ${status}: file ${file_is_there}`)
      if (status === 'deleted') town.businesses.delete(id)
    }
    this.#statuses = now
  }

  /** More people than the plan has room for are never added; a smaller plan removes nobody. */
  #seatsAreKept({ id }: Business): void {
    const { town } = this
    const people = town.real.data.tenants
      .at(id)
      .read(
        scope,
        (read) =>
          read.get<{ people: number }>('SELECT count(DISTINCT user_id) AS people FROM memberships')!
            .people,
      )
    const before = this.#people.get(id) ?? people
    const seats = town.termsOf(id)?.limits.seats ?? Infinity
    require(people <= Math.max(before, seats), `${id}: ${people} people, room for ${seats}`)
    this.#people.set(id, people)
  }

  /** A hard quota counts from when it was set: what was used before is not taken back. */
  async #noteCeiling({ id }: Business): Promise<void> {
    const { town } = this
    const terms = town.termsOf(id)
    const quota = terms?.quotas.api_calls
    if (!terms || !quota?.hard) return void this.#ceilings.delete(id)
    const period = periodAt(town.real.clock.now(), terms)
    const words = JSON.stringify([quota, period])
    if (this.#ceilings.get(id)?.words === words) return
    await town.calls.flush()
    const used = this.#used(id, 'api_calls', period)
    this.#ceilings.set(id, { words, most: Math.max(quota.included, used) })
  }

  #used(
    id: string,
    meter: string,
    { starts_at_ms, ends_at_ms }: { starts_at_ms: number; ends_at_ms: number },
  ): number {
    return this.town.real.data.tenants.at(id).read(
      scope,
      (read) =>
        read.get<{ used: number }>(
          `SELECT coalesce(sum(quantity), 0) AS used FROM usage_records
            WHERE meter = ? AND occurred_at >= ? AND occurred_at < ?`,
          meter,
          timestamp(starts_at_ms),
          timestamp(ends_at_ms),
        )!.used,
    )
  }

  #auditHolds(id: string, file: DatabaseFile | TenantFile): void {
    for (let after = this.#audited.get(id) ?? 0; ;) {
      const from = after
      const proof = file.read(scope, (read: Read) => proveAudit(read, { after: from }))
      require(proof.holds, `the audit trail of ${id} differs: ${JSON.stringify(proof)}`)
      after = proof.checked_to
      this.#audited.set(id, after)
      if (proof.complete) return
    }
  }

  /** Each plan begins where the one before it ended, and nothing reaches back. */
  #subscriptionsFollow(platform: DatabaseFile): void {
    const wrong = platform.read(scope, (read) =>
      read.all(
        `SELECT a.tenant_id, a.from_at, a.until_at, b.from_at AS other FROM subscriptions a
          JOIN subscriptions b ON b.tenant_id = a.tenant_id AND b.id <> a.id
          WHERE a.until_at IS NOT NULL AND (a.until_at < a.from_at
            OR (b.from_at > a.from_at AND b.from_at < a.until_at)) LIMIT 3`,
      ),
    )
    require(wrong.length === 0, `plans overlap: ${JSON.stringify(wrong)}`)
  }

  #ownersStay(id: string, file: TenantFile): void {
    const rows = file.read(scope, (read) =>
      read.all<{ organization_id: string; owners: number }>(
        `SELECT o.id AS organization_id, (SELECT count(*) FROM memberships m
            WHERE m.organization_id = o.id AND m.role = 'owner') AS owners FROM organizations o`,
      ),
    )
    for (const { organization_id, owners } of rows) {
      if (owners > 0) this.#owned.add(`${id} ${organization_id}`)
      const lost = owners === 0 && this.#owned.has(`${id} ${organization_id}`)
      require(!lost, `${id}: nobody owns ${organization_id} any more`)
    }
  }

  #usageAddsUp({ id }: Business, file: TenantFile): void {
    const differing = file.read(scope, (read) =>
      read.all(
        `SELECT meter, hour FROM (
            SELECT meter, substr(occurred_at, 1, 13) AS hour, quantity AS lines, 0 AS hours
              FROM usage_records
            UNION ALL SELECT meter, hour, 0, quantity FROM usage_hours)
          GROUP BY meter, hour HAVING sum(lines) <> sum(hours)`,
      ),
    )
    require(differing.length === 0, `${id}: usage differs: ${JSON.stringify(differing)}`)
  }

  /** The business is shown what the lines add up to, in a period as the calendar has it. */
  async #usageIsShown({ id }: Business): Promise<void> {
    const { town } = this
    const terms = town.termsOf(id)
    if (!terms) return
    this.#requireCalendar(terms)
    const period = periodAt(town.real.clock.now(), terms)
    const ceiling = this.#ceilings.get(id)
    const used = this.#used(id, 'api_calls', period)
    require(used <= (ceiling?.most ?? Infinity), `${id}: ${used} calls, at most ${ceiling?.most}`)
    const shown = await town.asked<Usage>(`GET /v1/platform/tenants/${id}/usage`)
    for (const { meter, kind, used: said } of shown.meters) {
      if (kind !== 'counter') continue
      const sum = this.#used(id, meter, period)
      require(said === sum, `${id}: ${meter} is shown as ${said}, the lines say ${sum}`)
    }
  }

  /** Midnights by the calendar of ECMAScript, and one period after the other without a gap. */
  #requireCalendar({ time_zone, period_day }: Terms): void {
    const now_ms = this.town.real.clock.now()
    const period = periodAt(now_ms, { time_zone, period_day })
    const { starts_at_ms, ends_at_ms } = period
    const name = `${period_day} of ${time_zone}`
    require(starts_at_ms <= now_ms && now_ms < ends_at_ms, `${name}: now is in no period`)
    for (const at_ms of [starts_at_ms, ends_at_ms]) {
      const zoned = temporal.Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(time_zone)
      const { year, month, day } = zoned
      const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
      require(day === Math.min(period_day, last), `${name}: begins on ${year}-${month}-${day}`)
      const midnight = temporal.PlainDate.from({ year, month, day }).toZonedDateTime({
        timeZone: time_zone,
      }).epochMilliseconds
      require(at_ms === midnight, `${name}: begins at ${timestamp(at_ms)}`)
    }
    const before = this.#periods.get(name)
    if (before && now_ms >= before.ends_at_ms) {
      const next = periodAt(before.ends_at_ms, { time_zone, period_day })
      require(next.starts_at_ms === before.ends_at_ms, `${name}: a gap after a period`)
    }
    this.#periods.set(name, period)
  }
}
