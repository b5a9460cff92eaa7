/** What the life of businesses needs done by the clock. */
import { day_ms, hour_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import { openOutward, type Beside } from '../operations/outward.ts'
import type { RunContext, Schedule } from '../schedule/schedule.ts'
import { getTenant } from '../tenants/read.ts'
import { eraseTenant, goOnErasing } from './erasure/erase.ts'
import { listUnfinished, listUnswept, setSwept } from './erasure/store.ts'
import { daysUntil, remindOfClosing, reminderDue } from './letters.ts'
import { watchRequirements } from './requirements/watch.ts'
import { tellBusiness } from './tell.ts'
import { listClosing, listWatched, setToldDays, type ClosingRow } from './store.ts'

const scope = systemScope('lifecycle')
const page = 100
const reminders = [7, 1]
/** A backup that was being made during an erasure has ended by then. */
const sweep_after_ms = 6 * hour_ms

/** One that fails does not keep the others from their turn. */
async function attempt(
  { log }: RunContext,
  tenant_id: string,
  work: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await work()
    return true
  } catch (error) {
    log.warn({ err: error, tenant_id }, 'a business could not be looked after')
    return false
  }
}

export const watchAllRequirements: Schedule = {
  name: 'watch_requirements',
  summary:
    'Sees what businesses have done of what is required, reminds, restricts, and tells them.',
  cron: '*/10 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    const { data, signal } = context
    const facts = { businesses: 0, failed: 0, met: 0, reminded: 0, told: 0 }
    for (let after = ''; !signal.aborted;) {
      const ids = data.platform.read(scope, (read) => listWatched(read, after, page))
      for (const tenant_id of ids) {
        const done = await attempt(context, tenant_id, async () => {
          const { met, reminded } = await watchRequirements(data, tenant_id)
          facts.met += met
          facts.reminded += reminded
          if (await tellBusiness(data, tenant_id)) facts.told += 1
        })
        facts.businesses += 1
        if (!done) facts.failed += 1
      }
      if (ids.length < page) break
      after = ids.at(-1)!
    }
    return facts
  },
}

export const endClosedBusinesses: Schedule = {
  name: 'end_closed_businesses',
  summary:
    'Reminds businesses that close, erases those whose grace is over, and goes on with both.',
  cron: '40 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    const facts = { reminded: 0, erased: 0, continued: 0, swept: 0, failed: 0 }
    const count = (name: keyof typeof facts, done: boolean) => (facts[done ? name : 'failed'] += 1)
    const { data } = context
    for (const row of data.platform.read(scope, (read) => listUnfinished(read, page))) {
      const went = () => goOnErasing(context, scope, row)
      count('continued', await attempt(context, row.tenant_id, went))
    }
    const soon = timestamp(data.clock.now() + Math.max(...reminders) * day_ms)
    for (const row of data.platform.read(scope, (read) => listClosing(read, soon, page))) {
      if (Date.parse(row.closes_at) > data.clock.now()) {
        if (await remind(context, row)) facts.reminded += 1
      } else {
        count('erased', await attempt(context, row.id, () => erase(context, row.id)))
      }
    }
    const ended = timestamp(data.clock.now() - sweep_after_ms)
    for (const row of data.platform.read(scope, (read) => listUnswept(read, ended, page))) {
      count('swept', await attempt(context, row.tenant_id, () => sweep(context, row)))
    }
    return facts
  },
}

function erase(beside: Beside, id: string): Promise<unknown> {
  const { slug } = beside.data.platform.read(scope, (read) => getTenant(read, { id }))
  const wish = { confirm_slug: slug, reason: 'It was closed, and its grace is over.' }
  return eraseTenant(openOutward(beside, '', scope), { id, ...wish })
}

const remind = ({ data }: Beside, row: ClosingRow): Promise<boolean> =>
  data.platform.write(scope, (tx) => {
    const days = reminderDue(daysUntil(tx, row.closes_at), row.told_days, reminders)
    if (days === undefined) return false
    remindOfClosing(tx, row)
    setToldDays(tx, row.id, days)
    return true
  })

/** Once more, for copies that were being made just then. */
async function sweep(
  { data, services }: Beside,
  { id, tenant_id }: { id: string; tenant_id: string },
): Promise<void> {
  const { continuous_copies, whole_backups } = (await services.copies?.forget(tenant_id)) ?? none
  if (continuous_copies.files + whole_backups.files > 0) await services.copies?.renewPlatform()
  await data.platform.write(scope, (tx) => setSwept(tx, id))
}

const nothing = { files: 0, bytes: 0 }
const none = { continuous_copies: nothing, whole_backups: nothing }

export const schedules: readonly Schedule[] = [watchAllRequirements, endClosedBusinesses]
