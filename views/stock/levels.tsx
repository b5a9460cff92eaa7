/** Where goods are and how many. */
import type { Html } from '../../src/kit/html.ts'
import type { Level } from '../../src/stock/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { Filters, Pager, Table, type Column } from '../ui/table.tsx'
import { Quantity, Text, When } from '../ui/text.tsx'

interface Props {
  page: { data: Level[]; next_cursor: string | null }
  /** The code of the place the list is of, when it is of one. */
  place: string | undefined
  /** The sku the list is of, and others that begin as what was typed. */
  shown: string | undefined
  alike: readonly string[]
  url: URL
  may_write: boolean
  may_receive: boolean
}

export const LevelsPage = ({
  page,
  place,
  shown,
  alike,
  url,
  may_write,
  may_receive,
}: Props): Html => (
  <>
    <PageHead
      title={place ? `Stock in ${place}` : 'Stock'}
      sub="Where goods are, how many, and how many of them can be promised."
    >
      {may_write && (
        <>
          <LinkButton href="/stock/move">Move goods</LinkButton>
          <LinkButton href="/stock/adjust" kind="primary" icon="plus">
            Adjust stock
          </LinkButton>
        </>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'sku', label: 'Sku or barcode', placeholder: 'MUG-BLUE' },
        {
          name: 'available',
          label: 'Which',
          any: 'All goods',
          choices: [['true', 'Only what can be promised']],
        },
      ]}
    />
    {alike.length > 0 && <Alike shown={shown} alike={alike} />}
    <Card flush>
      <Table
        rows={page.data}
        columns={[goodsColumn, placeColumn, ...levelColumns(may_write)]}
        empty={<Nothing filtered={url.search !== ''} {...{ may_write, may_receive }} />}
      />
      <Pager page={page} url={url} />
    </Card>
  </>
)

const Alike = ({ shown, alike }: Pick<Props, 'shown' | 'alike'>): Html => (
  <Notice>
    This is {shown}. Others begin so too:{' '}
    {alike.map((sku, index) => [
      index > 0 && ', ',
      <a href={`/stock?sku=${encodeURIComponent(sku)}`}>{sku}</a>,
    ])}
  </Notice>
)

export const goodsColumn: Column<Level> = {
  title: 'Item',
  cell: (level) => (
    <div>
      <a class="row-link" href={`/stock/items/${level.item_id}`}>
        {level.sku}
      </a>
      <div class="small muted">{level.name}</div>
    </div>
  ),
}

export const placeColumn: Column<Level> = {
  title: 'Place',
  cell: (level) => (
    <span>
      {isUnderWay(level) && <span class="muted">Under way to </span>}
      <a href={`/locations/${level.location_id}`}>{level.location_code}</a>
    </span>
  ),
}

/** What is said of goods in one place, whatever list they are in. */
export const levelColumns = (may_write: boolean): Column<Level>[] => [
  { title: 'Lot or serial', cell: (level) => <Tracked of={level} /> },
  { title: 'On hand', end: true, cell: (level) => <Quantity value={level.on_hand} /> },
  {
    title: 'Reserved',
    end: true,
    cell: (level) => (level.reserved === '0' ? <Text value={null} /> : level.reserved),
  },
  {
    title: 'Available',
    end: true,
    cell: (level) => (
      <strong class={level.available === '0' ? 'muted' : ''}>{level.available}</strong>
    ),
  },
  ...(may_write ? [moves] : []),
]

/** Goods of a transfer are at the site itself until somebody receives them there. */
const isUnderWay = (level: Level): boolean => level.location_id === level.site_id

const moves: Column<Level> = {
  title: '',
  end: true,
  cell: (level) =>
    !isUnderWay(level) && (
      <span class="row-actions">
        <a href={`/stock/move?${prefilled(level, 'from_location_id')}`}>Move</a>
        <a href={`/stock/adjust?${prefilled(level, 'location_id')}`}>Adjust</a>
      </span>
    ),
}

/** The level as the query of a form that begins with it. */
const prefilled = (level: Level, place: string): string =>
  new URLSearchParams({
    sku: level.sku,
    [place]: level.location_id,
    ...(level.lot_code && { lot_code: level.lot_code }),
    ...(level.serial_code && { serial_code: level.serial_code }),
  }).toString()

/** The lot with its end, or the serial; a dash for goods that are neither. */
export function Tracked({
  of,
}: {
  of: { lot_code: string | null; serial_code: string | null; expires_on?: string | null }
}): Html {
  if (!of.lot_code && !of.serial_code) return <Text value={null} />
  return (
    <div>
      <span class="mono">{of.serial_code ?? of.lot_code}</span>
      {of.expires_on && (
        <div class="small muted">
          until <When at={of.expires_on} date_only />
        </div>
      )}
    </div>
  )
}

const Nothing = ({
  filtered,
  may_write,
  may_receive,
}: {
  filtered: boolean
  may_write: boolean
  may_receive: boolean
}): Html =>
  filtered ? (
    <Empty icon="layers" title="Nothing lies there">
      No goods fit these filters. What is on a dock or on hold is there, and cannot be promised.
    </Empty>
  ) : (
    <Empty
      icon="layers"
      title="No stock yet"
      action={
        <div class="actions center">
          {may_receive && (
            <LinkButton href="/purchase_orders" kind="primary">
              Receive a purchase order
            </LinkButton>
          )}
          {may_write && (
            <LinkButton href="/stock/adjust?reason=opening">Enter what is here</LinkButton>
          )}
        </div>
      }
    >
      Stock comes in when a purchase order is received. What already lies on your shelves is entered
      once, as opening stock. Every change stays in the ledger, with its reason.
    </Empty>
  )
