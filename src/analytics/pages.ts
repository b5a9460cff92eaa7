/** The operator's first page, the health of the installation, and how one business is doing. */
import { page, type RoomPages } from '../operations/page.ts'
import { healthView } from '../../views/analytics/health.tsx'
import { overviewView } from '../../views/analytics/overview.tsx'
import { tenantAnalyticsView } from '../../views/analytics/tenant.tsx'
import { tenantsGet } from '../tenants/api.ts'
import { platformHealth, platformOverview, tenantsAnalytics } from './api.ts'

const level = 'platform' as const

const overview = page({
  route: 'GET /platform',
  title: 'Overview',
  nav: {
    group: 'Businesses',
    label: 'Overview',
    icon: 'chart',
    permission: 'analytics.read',
    level,
  },
  show: (visit) =>
    overviewView({
      overview: visit.ask(platformOverview, {}),
      may_found: visit.may('tenants.write'),
    }),
})

const health = page({
  route: 'GET /platform/health',
  title: 'Health',
  nav: { group: 'Machine', label: 'Health', icon: 'check', permission: 'health.read', level },
  show: (visit) => healthView({ health: visit.ask(platformHealth, {}) }),
})

const tenant = page({
  route: 'GET /platform/tenants/:id/analytics',
  title: 'How a business is doing',
  show: (visit) => {
    const { id = '' } = visit.params
    const asked = visit.query(tenantsAnalytics)
    return tenantAnalyticsView({
      name: visit.ask(tenantsGet, { id }).name,
      analytics: visit.ask(tenantsAnalytics, { ...asked, id }),
    })
  },
})

export const pages: RoomPages = { pages: [overview, health, tenant], forms: [] }
