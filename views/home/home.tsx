/** The first page: the picture of the day, from the dock to the door. */
import type { Html } from '../../src/kit/html.ts'
import type { Home } from '../../src/home/schema.ts'
import type { SetUp } from '../../src/home/set-up/schema.ts'
import { Card, Empty, PageHead, Stat, Stats, Timeline } from '../ui/layout.tsx'
import { BarChart, Pipeline } from '../ui/picture.tsx'
import { pageOf } from '../ui/reference.tsx'
import { sentence } from '../ui/status.tsx'
import { Attention } from './attention.tsx'
import { Checklist } from './checklist.tsx'

interface Props {
  home: Home
  set_up: SetUp
  name: string
  business: string
}

export const HomePage = ({ home, set_up, name, business }: Props): Html => {
  const has_items = set_up.steps.some(({ id, done }) => id === 'item' && done)
  return (
    <>
      <PageHead title={`Good day, ${name}`} sub={`${business} today, from the dock to the door.`} />
      {!set_up.complete && <Checklist set_up={set_up} />}
      {has_items && <Day home={home} />}
    </>
  )
}

/** Counting ends at a thousand. */
export const shown = (count: number): string | number => (count > 1_000 ? '1,000+' : count)

const Day = ({ home }: { home: Home }): Html => (
  <>
    <Way pipeline={home.pipeline} />
    <Figures home={home} />
    <div class="with-aside">
      <div>
        <Card title="Orders shipped a day">
          <Shipped days={home.shipped.days} />
        </Card>
        <Card title="Needs a person">
          <Attention home={home} />
        </Card>
      </div>
      <Card title="Latest">
        <Latest latest={home.latest} />
      </Card>
    </div>
  </>
)

const Way = ({ pipeline }: Pick<Home, 'pipeline'>): Html => {
  const stage = (key: keyof Home['pipeline'], name: string, href: string) => ({
    name,
    count: shown(pipeline[key]),
    href,
  })
  return (
    <Pipeline
      title="From the dock to the door"
      stages={[
        stage('expected', 'To receive', '/purchase_orders'),
        stage('to_pick', 'To pick', '/pick'),
        stage('picking', 'Picking', '/orders?status=picking'),
        stage('packed', 'Packed', '/orders?status=packed'),
        stage('label_to_buy', 'Label to buy', '/shipments?stage=to_buy'),
        stage('under_way', 'Under way', '/shipments?stage=under_way'),
        {
          ...stage('needs_attention', 'In trouble', '/shipments?stage=in_trouble'),
          wanted: pipeline.needs_attention > 0,
        },
        stage('returns', 'Coming back', '/returns'),
      ]}
    />
  )
}

const Figures = ({ home }: { home: Home }): Html => {
  const { days, due, on_time } = home.shipped
  const shipped = days.reduce((sum, { orders }) => sum + orders, 0)
  const { count, looked_at } = home.running_low
  return (
    <Stats>
      <Stat
        label="Orders placed today"
        value={shown(home.placed_today)}
        note={`${shown(home.placed_last_7_days)} in 7 days`}
        href="/orders"
      />
      <Stat
        label="Orders shipped"
        value={days.at(-1)?.orders ?? 0}
        note={`today; ${shipped} in ${days.length} days`}
        href="/orders?status=shipped"
      />
      <Stat
        label="Shipped on time"
        value={due > 0 ? `${Math.floor((on_time * 100) / due)} %` : '—'}
        note={due > 0 ? `${on_time} of ${due} with a ship-by date` : 'no order had a ship-by date'}
      />
      <Stat
        label="Running low"
        value={count}
        note={`of ${looked_at} with a reorder point`}
        href="/stock"
      />
    </Stats>
  )
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

const Shipped = ({ days }: Pick<Home['shipped'], 'days'>): Html =>
  days.some(({ orders }) => orders > 0) ? (
    <BarChart
      title="Orders shipped a day"
      bars={days.map(({ day, orders }) => {
        const [, month, date] = day.split('-')
        return { label: `${Number(date)} ${months[Number(month) - 1]}`, value: orders }
      })}
    />
  ) : (
    <p class="muted">
      No order has left in the last 30 days. Each label that is bought draws a bar here.
    </p>
  )

const Latest = ({ latest }: Pick<Home, 'latest'>): Html =>
  latest.length === 0 ? (
    <Empty icon="clock" title="Nothing yet">
      What happens in the house is told here.
    </Empty>
  ) : (
    <Timeline
      of={latest.map(({ type, subject_id, label, occurred_at }) => {
        const [noun = '', ...verb] = type.split('.')
        const title = `${sentence(noun)} ${verb.join(' ').replaceAll('_', ' ')}`
        const href = pageOf(subject_id)
        return {
          at: occurred_at,
          title: href ? <a href={href}>{title}</a> : title,
          detail: label,
        }
      })}
    />
  )
