/** What a business used: each meter beside what is included, and one of them day by day. */
import type { Child, Html } from '../../src/kit/html.ts'
import { meters, type Meter } from '../../src/kit/terms.ts'
import type { MeterUsage, Series, Usage } from '../../src/metering/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Notice, PageHead, Tabs } from '../ui/layout.tsx'
import { BarChart } from '../ui/picture.tsx'
import { Filters, Table } from '../ui/table.tsx'
import { dayText } from '../ui/text.tsx'
import { amount, meterLabel, meter_choices, scaleOf, ShareBar } from './figures.tsx'

export interface UsageProps {
  url: URL
  title: Child
  crumbs?: readonly (readonly [label: string, href: string])[]
  usage: Usage
  series: Series
  /** Where every line is. */
  records_path: string
  /** Quotas are of the whole business: one of its organizations does not see them. */
  whole: boolean
  /** Where more can be had, for who may choose it. */
  upgrade?: string
  /** More below, and beside the head. */
  actions?: Child
  children?: Child
}

export const usageView = (props: UsageProps): Html => (
  <>
    <PageHead
      title={props.title}
      sub={periodText(props.usage)}
      {...(props.crumbs && { crumbs: props.crumbs })}
    >
      {props.actions}
      <LinkButton href={props.records_path} icon="list">
        Line by line
      </LinkButton>
    </PageHead>
    <Periods {...props} />
    {props.whole && <Alerts {...props} />}
    <Upgrade {...props} />
    <Card flush>
      <Meters {...props} />
    </Card>
    <Picture {...props} />
    {props.children}
    <Explained whole={props.whole} />
  </>
)

const lastDay = (ends_at: string, time_zone: string): string =>
  dayIn(new Date(Date.parse(ends_at) - 1), time_zone)
const dayIn = (at: Date, timeZone: string): string =>
  dayText(new Intl.DateTimeFormat('en-CA', { timeZone }).format(at))

function periodText({ period, plan_name }: Usage): string {
  const { starts_at, ends_at, time_zone } = period
  const days = `${dayIn(new Date(starts_at), time_zone)} – ${lastDay(ends_at, time_zone)}`
  return [days, time_zone, plan_name].filter(Boolean).join(' · ')
}

const Periods = ({ url }: UsageProps): Html => {
  const previous = `${url.pathname}?period=previous`
  return (
    <Tabs
      tabs={[
        ['This period', url.pathname],
        ['The one before', previous],
      ]}
      current={url.searchParams.get('period') === 'previous' ? previous : url.pathname}
    />
  )
}

/** The highest share of each quota that was reached in the period. */
function Alerts({ usage }: UsageProps): Html {
  const highest = new Map(
    [...usage.alerts]
      .sort((a, b) => a.threshold_percent - b.threshold_percent)
      .map((alert) => [alert.meter, alert]),
  )
  return (
    <>
      {[...highest.values()].map(({ meter, threshold_percent, included, reached_at }) => (
        <Notice tone={threshold_percent >= 100 ? 'bad' : 'warn'}>
          <strong>{meterLabel(meter)}:</strong> {threshold_percent} % of the{' '}
          {amount(meter, included)} that are included were reached on{' '}
          {dayIn(new Date(reached_at), usage.period.time_zone)}.
        </Notice>
      ))}
    </>
  )
}

/** From this share on there is something to decide. */
const near_percent = 80

/** Beside what runs out stands how to get more. */
function Upgrade({ usage, upgrade }: UsageProps): Html {
  const near = usage.meters.filter(({ share_percent }) => (share_percent ?? 0) >= near_percent)
  if (!upgrade || near.length === 0) return <></>
  const refused = near.filter(({ is_hard }) => is_hard)
  const names = (refused.length > 0 ? refused : near).map(({ meter }) => meterLabel(meter))
  return (
    <Notice tone="info">
      {names.join(', ')}:{' '}
      {refused.length > 0
        ? 'beyond what is included, more is refused until the next period.'
        : 'a larger plan includes more.'}{' '}
      <LinkButton href={upgrade} kind="primary">
        Compare plans
      </LinkButton>
    </Notice>
  )
}

const Meters = ({ usage, whole }: UsageProps): Html => (
  <Table
    rows={usage.meters}
    empty={<></>}
    columns={[
      {
        title: 'What',
        cell: ({ meter, summary }) => (
          <div>
            {meterLabel(meter)}
            <div class="small muted">{summary}</div>
          </div>
        ),
      },
      {
        title: 'Used',
        end: true,
        cell: (each) => <Used of={each} />,
      },
      ...(whole
        ? [
            { title: 'Of what is included', cell: (each: MeterUsage) => <Quota of={each} /> },
            {
              title: 'At the end of the period',
              end: true,
              cell: (each: MeterUsage) => <Projection of={each} />,
            },
          ]
        : []),
    ]}
  />
)

const Used = ({ of: { meter, used, kind, highest } }: { of: MeterUsage }): Html =>
  kind === 'gauge' && highest === null ? (
    <span class="muted nowrap">not read yet</span>
  ) : (
    <strong class="nowrap">{amount(meter, used)}</strong>
  )

const Quota = ({ of: { meter, included, share_percent, is_hard } }: { of: MeterUsage }): Html =>
  included === null || share_percent === null ? (
    <span class="muted">no limit</span>
  ) : (
    <div>
      <ShareBar percent={share_percent} />
      <div class="small muted">
        of {amount(meter, included)}
        {is_hard ? ', then refused' : ', never refused'}
      </div>
    </div>
  )

function Projection({ of: each }: { of: MeterUsage }): Html {
  const { meter, projected, projected_from_days, included, highest } = each
  if (highest !== null) {
    return <span class="small muted nowrap">highest {amount(meter, highest)}</span>
  }
  if (projected === null) return <span class="muted none">—</span>
  const over = included !== null && projected > included
  return (
    <div>
      <span class="nowrap">about {amount(meter, projected)}</span>
      <div class="small muted">
        {over && 'more than is included; '}
        pace of {projected_from_days === 1 ? 'one day' : `${projected_from_days} days`}
      </div>
    </div>
  )
}

function Picture({ url, series, whole }: UsageProps): Html {
  const { meter, points, by } = series
  const scale = scaleOf(
    meter,
    points.map(({ quantity }) => quantity),
  )
  const bars = points.map(({ day, quantity, starts_at }) => ({
    label: by === 'day' ? day.slice(5) : starts_at.slice(11, 16),
    value: Number((quantity / scale.by).toFixed(2)),
  }))
  const title = `${meterLabel(meter)} by ${by}${scale.words}`
  return (
    <Card title={title}>
      <BarChart bars={bars} title={title} />
      <Filters
        url={url}
        kept={['period']}
        filters={[
          { name: 'meter', label: 'Show', choices: meterChoices(whole), any: 'API calls' },
          { name: 'by', label: 'By', choices: [['hour', 'Hour (UTC)']], any: 'Day' },
        ]}
      />
    </Card>
  )
}

/** No choice means API calls. What is only looked at is looked at for the business as a whole. */
const meterChoices = (whole: boolean) =>
  meter_choices.filter(
    ([name]) => name !== 'api_calls' && (whole || meters[name as Meter].kind === 'counter'),
  )

const Explained = ({ whole }: { whole: boolean }): Html => (
  <Card title="How it is counted">
    <ul class="plain small muted">
      {Object.entries(meters)
        .filter(([, { kind }]) => whole || kind === 'counter')
        .map(([name, { summary, kind }]) => (
          <li>
            <strong>{meterLabel(name as Meter)}</strong>: {summary}
            {kind === 'gauge' ? ', looked at every hour.' : '.'}
          </li>
        ))}
      <li>
        Calls are written down every few seconds: the newest may not be here yet. The console is not
        counted.
      </li>
      {whole && (
        <li>
          What is projected is what is used already, and the rest of the period at the pace of the
          last seven days.
        </li>
      )}
    </ul>
  </Card>
)
