/** How one business is doing, as the operator sees it. */
import type { Html } from '../../src/kit/html.ts'
import { formatMoney, type Money } from '../../src/kit/money.ts'
import type { Series, TenantAnalytics } from '../../src/analytics/schema.ts'
import { Card, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { BarChart } from '../ui/picture.tsx'
import { barsOf } from './days.ts'

interface Props {
  name: string
  analytics: TenantAnalytics
}

const periods = [7, 30, 90, 365]

export const tenantAnalyticsView = ({ name, analytics }: Props): Html => {
  const { tenant_id, metrics, period, time_zone } = analytics
  const { api_calls, shipments, orders, revenue, organizations, active_users } = metrics
  const path = `/platform/tenants/${tenant_id}`
  return (
    <>
      <PageHead
        title={`How ${name} is doing`}
        sub={`${Number(period.slice(0, -1))} days up to today, on the clocks of ${time_zone}.`}
        crumbs={[
          ['Businesses', '/platform/tenants'],
          [name, path],
        ]}
      >
        {periods.map((days) => (
          <a
            class="button"
            href={`${path}/analytics?period=${days}d`}
            aria-current={period === `${days}d` && 'page'}
          >
            {days} days
          </a>
        ))}
      </PageHead>
      <Stats>
        {api_calls && <Count label="API calls" of={api_calls} />}
        {orders && <Count label="Orders" of={orders} />}
        {shipments && <Count label="Shipments" of={shipments} />}
        {revenue && (
          <Stat
            label="Labels cost"
            value={amounts(revenue.totals)}
            note={`${amounts(revenue.previous)} before`}
          />
        )}
        {active_users && <Stat label="People who were here" value={active_users.total} />}
        {organizations && <Stat label="Organizations" value={organizations.total} />}
      </Stats>
      {api_calls && <Days title="API calls a day" of={api_calls} />}
      {orders && <Days title="Orders placed a day" of={orders} />}
      {shipments && <Days title="Labels bought a day" of={shipments} />}
    </>
  )
}

const amounts = (of: readonly Money[]): string =>
  of.map((each) => formatMoney(each)).join(', ') || '—'

const Count = ({ label, of }: { label: string; of: Series }): Html => (
  <Stat
    label={label}
    value={of.total.toLocaleString('en')}
    note={`${of.previous.toLocaleString('en')} before`}
  />
)

const Days = ({ title, of }: { title: string; of: Series }): Html => (
  <Card title={title}>
    {of.total > 0 ? (
      <BarChart title={title} bars={barsOf(of.days)} />
    ) : (
      <p class="muted">None in this time.</p>
    )}
  </Card>
)
