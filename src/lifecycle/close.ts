/** Closes a business: it can be read, exported and reopened until its grace is over; then it is erased. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { Problem, invalid } from '../kit/problem.ts'
import type { Read, Write } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import { recordAudit } from '../audit/record.ts'
import type { Beside, Outward } from '../operations/outward.ts'
import { getTenant } from '../tenants/read.ts'
import type { Tenant } from '../tenants/schema.ts'
import { tenantClosing, tenantReopened } from './events.ts'
import { tellOfClosing, tellOfReopening } from './letters.ts'
import type { Business, Closing, OwnClosing } from './schema.ts'
import { standingOf } from './standing.ts'
import { deletePause, findPause, putPause, setLife, type PauseRow } from './store.ts'
import { tellBusiness } from './tell.ts'
import { closingAlready, requireLiving, tellLife } from './suspend.ts'

const default_grace_days = 30

/** @throws Problem `not_found`, `conflict` while it is being founded, closing, or erased */
export const closeTenant = (tx: Write, wish: Closing & { id: string }): Tenant =>
  close(tx, wish, 'operator')

function close(
  tx: Write,
  { id, reason, grace_days = default_grace_days }: Closing & { id: string },
  asked_by: PauseRow['asked_by'],
): Tenant {
  const { status } = requireLiving(tx, id)
  if (status === 'closing') throw closingAlready()
  const resumes_as = status === 'onboarding' || status === 'suspended' ? status : 'active'
  // The mail of now is the one of seven days, or of one, when no more than that is left.
  const told_days = grace_days <= 1 ? 1 : grace_days <= 7 ? 7 : null
  putPause(tx, { tenant_id: id, resumes_as, asked_by, told_days })
  const closes_at = timestamp(tx.now_ms + grace_days * day_ms)
  const status_reason = asked_by === 'tenant' ? ownWish(reason) : (reason ?? '')
  setLife(tx, id, { status: 'closing', status_reason, closes_at })
  tellOfClosing(tx, getTenant(tx, { id }), asked_by)
  return tellLife(tx, id, tenantClosing)
}

/** The operator sees that it was not his. */
const ownWish = (reason: string | undefined): string =>
  `Asked for by the business itself${reason ? `: ${reason}` : '.'}`

/**
 * As long as its grace lasts. One that was suspended before is suspended again.
 * @throws Problem `not_found`, `conflict` unless it is closing
 */
export function reopenTenant(tx: Write, { id }: { id: string }): Tenant {
  const { status } = requireLiving(tx, id)
  if (status !== 'closing') {
    throw new Problem('conflict', `This business is ${status}, not closing.`)
  }
  const before = findPause(tx, id)?.resumes_as ?? 'active'
  deletePause(tx, id)
  if (before === 'suspended') {
    putPause(tx, { tenant_id: id, resumes_as: 'active', asked_by: 'operator', told_days: null })
    const status_reason = 'It was suspended before it was to close.'
    setLife(tx, id, { status: 'suspended', status_reason })
  } else {
    setLife(tx, id, { status: standingOf(tx, id, before) })
  }
  tellOfReopening(tx, getTenant(tx, { id }))
  return tellLife(tx, id, tenantReopened)
}

/** What the business itself may know of its life. */
export const getBusiness = ({ scope }: Read, _: object, { data }: Beside): Business =>
  data.platform.read(scope, (read) => businessOf(read, scope.tenant_id))

/**
 * The owner's own wish, with the name typed as a proof that it is meant.
 * @throws Problem `forbidden` for those who do not lead the business, `invalid` for another name,
 *   `conflict` as `closeTenant`
 */
export async function closeOwnBusiness(
  outward: Outward,
  { confirm_name, ...wish }: OwnClosing,
): Promise<Business> {
  requireOwner(outward)
  const { tenant_id: id } = outward
  return onPlatform(outward, 'business.close', (tx) => {
    const { name } = getTenant(tx, { id })
    if (confirm_name.trim() !== name) {
      throw invalid('/confirm_name', 'Type the name of the business exactly as it is written.')
    }
    close(tx, { id, ...wish }, 'tenant')
  })
}

/** @throws Problem `forbidden`, `conflict` when the operator closed it, or it is not closing */
export async function reopenOwnBusiness(outward: Outward): Promise<Business> {
  requireOwner(outward)
  const { tenant_id: id } = outward
  return onPlatform(outward, 'business.reopen', (tx) => {
    if (findPause(tx, id)?.asked_by === 'operator') {
      throw new Problem('conflict', 'The operator paused this business: only he lets it go on.')
    }
    reopenTenant(tx, { id })
  })
}

/** The life of a business is a row of the platform: it is written, and noted, there as well. */
async function onPlatform(
  { data, scope, tenant_id }: Outward,
  action: string,
  change: (tx: Write) => void,
): Promise<Business> {
  const there = { ...scope, tenant_id: '', organization_id: '' }
  const business = await data.platform.write(there, (tx) => {
    const before = businessOf(tx, tenant_id)
    change(tx)
    const after = businessOf(tx, tenant_id)
    recordAudit(tx, { action, subject_id: tenant_id, before, after, input: {} })
    return after
  })
  await tellBusiness(data, tenant_id)
  return business
}

function requireOwner(outward: Outward): void {
  const { leads, wide } = outward.read(reachOf)
  if (leads && wide) return
  throw new Problem('forbidden', 'Only an owner of the business decides whether it closes.')
}

function businessOf(read: Read, tenant_id: string): Business {
  const { id, name, slug, environment, kind, status, status_reason, closes_at, created_at } =
    getTenant(read, { id: tenant_id })
  const pause = findPause(read, tenant_id)
  const paused = { paused_by: pause?.asked_by ?? null, paused_at: pause?.began_at ?? null }
  return {
    ...{ id, name, slug, environment, kind, status, status_reason, closes_at, created_at },
    ...paused,
  }
}
