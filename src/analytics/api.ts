/** What the operator can ask about the platform and about one business. */
import { reading } from '../operations/operation.ts'
import { IdParam } from '../operations/shapes.ts'
import { getHealth } from './health.ts'
import { getOverview } from './overview.ts'
import { AnalyticsQuery, Health, Overview, TenantAnalytics } from './schema.ts'
import { analyseTenant } from './tenant.ts'

export const platformOverview = reading(
  {
    id: 'platform.overview',
    route: 'GET /v1/platform/overview',
    level: 'platform',
    permission: 'analytics.read',
    summary: 'Get the picture of the platform: businesses, what they do, what needs somebody',
    reply: Overview,
  },
  getOverview,
)

export const platformHealth = reading(
  {
    id: 'platform.health',
    route: 'GET /v1/platform/health',
    level: 'platform',
    permission: 'health.read',
    summary: 'Get how the installation is: disk, files, copies, and what runs by the clock',
    reply: Health,
  },
  getHealth,
)

export const tenantsAnalytics = reading(
  {
    id: 'tenants.analytics',
    route: 'GET /v1/platform/tenants/:id/analytics',
    level: 'platform',
    inside: 'tenant',
    permission: 'analytics.read',
    summary: 'Get what a business did, day by day: calls, shipments, orders, revenue, people',
    description:
      'Revenue is what its labels cost. Days are those of the time zone of the business; `previous` ' +
      'is the sum of as many days before.',
    params: IdParam('ten'),
    query: AnalyticsQuery,
    reply: TenantAnalytics,
    example: { query: { period: '30d', metrics: ['api_calls', 'shipments', 'revenue'] } },
  },
  analyseTenant,
)

export const api = [platformOverview, platformHealth, tenantsAnalytics]
