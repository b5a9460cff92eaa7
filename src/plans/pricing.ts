/** The price list for strangers, where strangers may found a business. */
import { notFound } from '../kit/problem.ts'
import { systemScope } from '../db/scope.ts'
import type { Entrance } from '../operations/page.ts'
import { pricingView } from '../../views/plans/pricing.tsx'
import { listPublic } from './own.ts'

export const pricing: Entrance = {
  path: '/pricing',
  title: 'Plans and prices',
  wide: true,
  show: ({ data, services }) => {
    if (!services.sign_up) throw notFound('page', '/pricing')
    const plans = data.platform.read(systemScope('pricing'), listPublic)
    return pricingView({ plans, environment: services.sign_up })
  },
}
