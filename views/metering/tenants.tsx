/** All businesses by their use of one meter, and all of them together day by day. */
import type { Html } from '../../src/kit/html.ts'
import type { PlatformDays, TenantUsage } from '../../src/metering/schema-platform.ts'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { BarChart } from '../ui/picture.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'
import { amount, meterLabel, meter_choices, scaleOf, ShareBar } from './figures.tsx'

export interface TenantsUsageProps {
  url: URL
  tenants: { data: TenantUsage[]; has_more: boolean; next_cursor: string | null }
  days: PlatformDays
}

export const tenantsUsageView = ({ url, tenants, days }: TenantsUsageProps): Html => (
  <>
    <PageHead
      title="Usage"
      sub="What every business used in the period it is in, copied every few minutes."
    />
    <Filters
      url={url}
      filters={[
        {
          name: 'meter',
          label: 'What',
          choices: meter_choices.filter(([name]) => name !== 'api_calls'),
          any: 'API calls',
        },
        {
          name: 'share_from',
          label: 'Of what is included',
          choices: [
            ['50', 'at least 50 %'],
            ['80', 'at least 80 %'],
            ['100', 'all of it'],
          ],
        },
      ]}
    />
    <Picture days={days} />
    <Card flush>
      <Businesses tenants={tenants} url={url} />
    </Card>
    <Pager page={tenants} url={url} />
  </>
)

function Picture({ days: { meter, points } }: { days: PlatformDays }): Html {
  if (points.every(({ quantity }) => quantity === 0)) return <></>
  const scale = scaleOf(
    meter,
    points.map(({ quantity }) => quantity),
  )
  const bars = points.map(({ day, quantity }) => ({
    label: day.slice(5),
    value: Number((quantity / scale.by).toFixed(2)),
  }))
  const title = `${meterLabel(meter)} of all businesses by day${scale.words}`
  return (
    <Card title={title}>
      <BarChart bars={bars} title={title} />
    </Card>
  )
}

const Businesses = ({ tenants, url }: Pick<TenantsUsageProps, 'tenants' | 'url'>): Html => (
  <Table
    rows={tenants.data}
    url={url}
    empty={
      <Empty icon="chart" title="Nothing was measured yet">
        A business appears here within minutes of its first use.
      </Empty>
    }
    columns={[
      {
        title: 'Business',
        cell: ({ tenant_id, name }) => (
          <a class="row-link" href={`/platform/tenants/${tenant_id}/usage`}>
            {name}
          </a>
        ),
      },
      { title: 'Plan', cell: ({ plan_code }) => <Text value={plan_code} /> },
      {
        title: 'Used',
        sort: 'used',
        end: true,
        cell: ({ meter, used }) => <strong class="nowrap">{amount(meter, used)}</strong>,
      },
      {
        title: 'Of what is included',
        cell: ({ meter, included, share_percent }) =>
          included === null || share_percent === null ? (
            <span class="muted">no limit</span>
          ) : (
            <div>
              <ShareBar percent={share_percent} />
              <div class="small muted">of {amount(meter, included)}</div>
            </div>
          ),
      },
      {
        title: 'At the end',
        end: true,
        cell: ({ meter, projected }) =>
          projected === null ? (
            <span class="muted none">—</span>
          ) : (
            <span class="nowrap">about {amount(meter, projected)}</span>
          ),
      },
      { title: 'Measured', cell: ({ measured_at }) => <When at={measured_at} /> },
    ]}
  />
)
