/** The operator's first page: businesses, what they do, and what needs somebody. */
import type { Html } from '../../src/kit/html.ts'
import type { AttentionKind, Overview } from '../../src/analytics/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { BarChart } from '../ui/picture.tsx'
import { sentence } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { barsOf, sumOf } from './days.ts'

interface Props {
  overview: Overview
  may_found: boolean
}

export const overviewView = ({ overview, may_found }: Props): Html => {
  const { tenants, usage } = overview
  return (
    <>
      <PageHead title="Overview" sub="The businesses on this installation, at a glance.">
        {may_found && (
          <LinkButton
            href="/platform/tenants/new"
            {...(tenants.total === 0 && { kind: 'primary' as const })}
          >
            Found a business
          </LinkButton>
        )}
      </PageHead>
      {tenants.total === 0 ? (
        <Card>
          <Empty icon="building" title="No business yet">
            Each business gets a file of its own, its own people and its own tokens. The first one
            takes a minute.
          </Empty>
        </Card>
      ) : (
        <Picture overview={overview} />
      )}
      {usage.measured_at && (
        <p class="small muted">
          What businesses use was copied from their files at <When at={usage.measured_at} />.
        </p>
      )}
    </>
  )
}

const Picture = ({ overview }: Pick<Props, 'overview'>): Html => {
  const { tenants, usage, attention } = overview
  const count = (status: string) =>
    tenants.by_status.find((each) => each.status === status)?.count ?? 0
  return (
    <>
      <Stats>
        <Stat
          label="Businesses"
          value={tenants.total}
          note={`${sumOf(tenants.founded)} founded in 30 days`}
          href="/platform/tenants"
        />
        <Stat
          label="At work"
          value={count('active')}
          note={`${count('onboarding')} still being set up`}
          href="/platform/tenants?status=active"
        />
        <Stat
          label="API calls"
          value={sumOf(usage.api_calls).toLocaleString('en')}
          note="in 30 days"
        />
        <Stat
          label="Shipments"
          value={sumOf(usage.shipments).toLocaleString('en')}
          note="in 30 days"
        />
      </Stats>
      <div class="with-aside">
        <div>
          <Card title="API calls a day">
            <Days days={usage.api_calls} title="API calls a day" />
          </Card>
          <Card title="Businesses founded a day">
            <Days days={tenants.founded} title="Businesses founded a day" />
          </Card>
        </div>
        <div>
          <Card title="Needs a person">
            <Attention attention={attention} />
          </Card>
          <Card title="Busiest in this period" flush>
            <Table
              rows={usage.busiest}
              columns={columns}
              empty={
                <Empty icon="chart" title="Nobody has called yet">
                  Who calls most in the running period stands here.
                </Empty>
              }
            />
          </Card>
        </div>
      </div>
    </>
  )
}

const Days = ({ days, title }: { days: Overview['usage']['api_calls']; title: string }): Html =>
  sumOf(days) > 0 ? (
    <BarChart title={title} bars={barsOf(days)} />
  ) : (
    <p class="muted">None in the last 30 days.</p>
  )

const columns: readonly Column<Overview['usage']['busiest'][number]>[] = [
  {
    title: 'Business',
    cell: ({ tenant_id, name }) => <a href={`/platform/tenants/${tenant_id}/analytics`}>{name}</a>,
  },
  { title: 'Calls', cell: ({ api_calls }) => api_calls.toLocaleString('en'), end: true },
  { title: 'Shipments', cell: ({ shipments }) => shipments.toLocaleString('en'), end: true },
]

const where: Record<AttentionKind, [words: string, href: string]> = {
  in_maintenance: ['in maintenance', '/platform/health'],
  restricted: ['restricted: something is past due', '/platform/tenants?status=restricted'],
  suspended: ['suspended', '/platform/tenants?status=suspended'],
  closing: ['closing', '/platform/tenants?status=closing'],
  mail_failed: ['mails that nobody took', '/platform/mail?state=failed'],
  schedule_failed: ['schedules that failed', '/platform/schedules'],
}

const Attention = ({ attention }: Pick<Overview, 'attention'>): Html =>
  attention.length === 0 ? (
    <p class="muted">Nothing. Everything is as it should be.</p>
  ) : (
    <ul class="plain">
      {attention.map(({ kind, count }) => {
        const [words, href] = where[kind]
        return (
          <li>
            <a href={href}>
              {count} {sentence(words).toLowerCase()}
            </a>
          </li>
        )
      })}
    </ul>
  )
