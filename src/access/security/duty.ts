/** What somebody owes before he may go on: to come from the right address, to prove himself twice. */
import { Problem } from '../../kit/problem.ts'
import { isWithin } from '../../kit/ip-ranges.ts'
import type { Read } from '../../db/session.ts'
import type { Visitor } from '../../operations/principal.ts'
import { hasSecondFactor } from '../second-factor/store.ts'
import { daysUntil, fenceOf } from './read.ts'
import { findSecuritySettings } from './store.ts'

/** Where a second factor is set up. @param tenant_id empty for the operator's staff */
export const factorPath = (tenant_id: string): string =>
  `${tenant_id ? '' : '/platform'}/account/second-factor`

/** Before the deadline a banner reminds on every page; after it there is one page only. */
export function dutyOf(
  read: Read,
  user_id: string,
  ip: string,
): Pick<Visitor, 'banners' | 'barred' | 'led_to'> {
  const settings = findSecuritySettings(read)
  const barred = addressRefusal(fenceOf(settings), ip)
  if (settings.require_two_factor === 0 || hasSecondFactor(read, user_id)) {
    return { banners: [], barred }
  }
  const path = factorPath(read.scope.tenant_id)
  const days_left = daysUntil(settings.two_factor_deadline, read.now)
  if (days_left > 0) {
    const when = days_left === 1 ? 'by tomorrow' : `within ${days_left} days`
    const text = `Everybody here needs a second factor: set yours up ${when}.`
    const action = { label: 'Set it up', path }
    return { banners: [{ tone: 'warn', text, action }], barred }
  }
  const text = 'Everybody here needs a second factor: set yours up to go on.'
  return { banners: [{ tone: 'bad', text }], barred, led_to: path }
}

/** Undefined when the address is let in; an empty list lets everybody in. */
export function addressRefusal(fence: ReturnType<typeof fenceOf>, ip: string): Problem | undefined {
  if (fence.length === 0 || isWithin(ip, fence)) return undefined
  const from = ip || 'an address we cannot see'
  return new Problem('address_refused', `You come from ${from}, which is not let in here.`)
}
