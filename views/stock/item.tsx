/** One item with its ledger: how much there is, where, what is promised, and all that moved it. */
import type { Html } from '../../src/kit/html.ts'
import type { Item } from '../../src/catalog/schema.ts'
import type { Reservation } from '../../src/stock/reservations/schema.ts'
import type { Availability, History, Level, Movement } from '../../src/stock/schema.ts'
import { LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { LineChart } from '../ui/picture.tsx'
import { Pager, Table } from '../ui/table.tsx'
import { dayText, When } from '../ui/text.tsx'
import { Reservations } from './item-reservations.tsx'
import { levelColumns, placeColumn } from './levels.tsx'
import { Movements } from './movements.tsx'

interface PageOf<Row> {
  data: Row[]
  has_more: boolean
  next_cursor: string | null
}

interface Props {
  item: Item
  availability: Availability
  history: History['data']
  levels: PageOf<Level>
  reservations: PageOf<Reservation>
  movements: PageOf<Movement>
  url: URL
  state: FormState
  may_write: boolean
}

export const StockItemPage = (props: Props): Html => {
  const { item, availability, movements, state, may_write, url } = props
  return (
    <>
      <PageHead
        title={item.name}
        sub={`${item.sku} · counted in ${item.base_unit}`}
        crumbs={crumbs}
      >
        <LinkButton href={`/items/${item.id}`}>About the item</LinkButton>
        {may_write && (
          <>
            <LinkButton href={`/stock/move?sku=${encodeURIComponent(item.sku)}`}>Move</LinkButton>
            <LinkButton
              href={`/stock/adjust?sku=${encodeURIComponent(item.sku)}`}
              kind="primary"
              icon="plus"
            >
              Adjust
            </LinkButton>
          </>
        )}
      </PageHead>
      <Wrong state={state} />
      <Sums availability={availability} />
      <RunningLow item={item} available={availability.available} />
      <div class="columns">
        <Card title="On hand, the last 90 days">
          <Picture {...props} />
        </Card>
        <Card title="By site" flush>
          <Sites availability={availability} />
        </Card>
      </div>
      <Card title="Where it lies" flush>
        <Levels {...props} />
      </Card>
      {props.reservations.data.length > 0 && <Reservations {...props} />}
      <Card title="Ledger" flush>
        <Movements movements={movements.data} tracked={item.tracking !== 'none'} />
        <Pager page={movements} url={url} />
      </Card>
    </>
  )
}

const crumbs = [['Stock', '/stock']] as const

const Sums = ({ availability }: Pick<Props, 'availability'>): Html => {
  const [next] = availability.incoming_by_date
  return (
    <Stats>
      <Stat label="On hand" value={availability.on_hand} note={availability.base_unit} />
      <Stat label="Reserved" value={availability.reserved} note="Promised to somebody" />
      <Stat label="Available" value={availability.available} note="Can be promised now" />
      <Stat
        label="Incoming"
        value={availability.incoming}
        note={
          next?.expected_on ? (
            <>
              {next.quantity} expected <When at={next.expected_on} date_only />
            </>
          ) : (
            'Ordered, or under way'
          )
        }
      />
    </Stats>
  )
}

/** Quantities are compared as the decimals they are; both have at most fifteen digits. */
const RunningLow = ({ item, available }: { item: Item; available: string }): Html =>
  item.reorder_point !== null && Number(available) < Number(item.reorder_point) ? (
    <Notice tone="warn">
      Running low: {available} available, and the reorder point is {item.reorder_point}.
    </Notice>
  ) : (
    <></>
  )

const Picture = ({ history }: Pick<Props, 'history'>): Html => {
  const day = (at: number) => dayText(history.at(at)?.date ?? '')
  return (
    <LineChart
      title="On hand at the end of each day"
      values={history.map(({ on_hand }) => Number(on_hand))}
      width={440}
      height={150}
      steps
      labels={[day(0), day(-1)]}
    />
  )
}

const Sites = ({ availability }: Pick<Props, 'availability'>): Html => (
  <Table
    rows={availability.sites}
    columns={[
      {
        title: 'Site',
        cell: (site) => <a href={`/locations/${site.site_id}`}>{site.site_code}</a>,
      },
      { title: 'On hand', end: true, cell: (site) => site.on_hand },
      { title: 'Reserved', end: true, cell: (site) => site.reserved },
      { title: 'Available', end: true, cell: (site) => <strong>{site.available}</strong> },
      { title: 'Incoming', end: true, cell: (site) => site.incoming },
    ]}
    empty={<p class="empty">At no site, and none is on its way.</p>}
  />
)

const Levels = ({ levels, item, may_write }: Props): Html => (
  <>
    <Table
      rows={levels.data}
      columns={[placeColumn, ...levelColumns(may_write)]}
      empty={<p class="empty">Nothing on hand now.</p>}
    />
    {levels.has_more && (
      <p class="pager">
        <span>The first 100 places</span>
        <a href={`/stock?sku=${encodeURIComponent(item.sku)}`}>All of them</a>
      </p>
    )}
  </>
)
