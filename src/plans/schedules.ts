/** What happens to plans by the clock: trials and periods end, and so do exceptions. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { queueMail } from '../mail/queue.ts'
import { accessChanged } from '../operations/access-changed.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { follow, tellChange } from './assign.ts'
import { plan_path } from './require-room.ts'
import { findPlanAt } from './store.ts'
import {
  deleteEndedOverrides,
  findSubscriber,
  setEndTold,
  subscriptionsToFollow,
  trialsToTell,
  type SubscriptionRow,
} from './store-subscriptions.ts'

const batch = 100
const remind_before_ms = 3 * day_ms

/** Every few minutes: so much later may a trial, a period or an exception end. */
export const followPlans: Schedule = {
  name: 'follow_plans',
  summary:
    'Tells of trials that end, ends trials and exceptions, and begins the plans that waited for the end of a period.',
  cron: '*/5 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, signal }) {
    const scope = systemScope('plans')
    let followed = 0
    for (let went = batch; went === batch && !signal.aborted; followed += went) {
      went = await data.platform.write(scope, followDue)
    }
    let reminded = 0
    for (let went = batch; went === batch && !signal.aborted; reminded += went) {
      went = await data.platform.write(scope, remindOfTrials)
    }
    const ended = await data.platform.write(scope, endOverrides)
    return { followed, reminded, ended_exceptions: ended }
  },
}

export const schedules = [followPlans]

function followDue(tx: Write): number {
  const due = subscriptionsToFollow(tx, batch)
  for (const row of due) followOne(tx, row)
  return due.length
}

function followOne(tx: Write, row: SubscriptionRow): void {
  const { tenant_id, plan_id, revision } = row
  const before = findPlanAt(tx, plan_id, revision)!
  const reason = row.is_trial ? 'The trial is over.' : 'The period is over.'
  const { plan } = tellChange(tx, tenant_id, reason, () => follow(tx, row, reason))
  const subscriber = findSubscriber(tx, tenant_id)
  if (!subscriber) return
  const { name, admin_email } = subscriber
  const first = row.is_trial
    ? `The trial of ${before.name} for ${name} is over.`
    : `The period of ${before.name} for ${name} is over.`
  queueMail(tx, {
    kind: 'plan_changed',
    recipient: admin_email,
    subject: `${name} is on ${plan.name} now`,
    lines: [first, `From now on what ${plan.name} includes counts. Nothing was removed.`],
    action: { label: 'See the plan', path: plan_path },
  })
}

/** Once, so early that there is time to choose. */
function remindOfTrials(tx: Write): number {
  const due = trialsToTell(tx, timestamp(tx.now_ms + remind_before_ms), batch)
  for (const row of due) remindOfTrial(tx, row)
  return due.length
}

function remindOfTrial(tx: Write, row: SubscriptionRow): void {
  const { id, tenant_id, plan_id, revision, next_plan_id, next_revision, next_at } = row
  setEndTold(tx, id)
  const subscriber = findSubscriber(tx, tenant_id)
  if (!subscriber) return
  const { name: tried } = findPlanAt(tx, plan_id, revision)!
  const { name: after } = findPlanAt(tx, next_plan_id!, next_revision!)!
  const day = next_at!.slice(0, 10)
  queueMail(tx, {
    kind: 'trial_ends',
    recipient: subscriber.admin_email,
    subject: `The trial of ${tried} ends on ${day}`,
    lines: [
      `${subscriber.name} is trying ${tried} until ${day}. Then ${after} counts again, by itself.`,
      `To stay on ${tried}, choose it. Nothing is removed either way.`,
    ],
    action: { label: 'See the plan', path: plan_path },
    expires_at: next_at!,
  })
}

function endOverrides(tx: Write): number {
  const ended = deleteEndedOverrides(tx)
  if (ended > 0) tx.afterCommit(accessChanged)
  return ended
}
