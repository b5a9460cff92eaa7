/** The pick list on a phone: place by place in walking order, confirmed by scanning or by hand. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import type { PickLine, PickList } from '../../src/orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../src/orders/schema.ts'
import { Button, errorOf, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { Filters } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface Props {
  list: PickList
  /** Orders with goods on the bench. */
  to_pack: SalesOrder[]
  sites: Location[]
  url: URL
  state: FormState
  may_pick: boolean
}

export const PickPage = ({ list, to_pack, sites, url, state, may_pick }: Props): Html => {
  const site_id = url.searchParams.get('site_id') ?? ''
  return (
    <>
      <PageHead
        title="Pick & pack"
        sub={`${list.data.length}${list.has_more ? '+' : ''} to pick, in walking order.`}
      >
        <LinkButton href="/orders?to_pick=true">Orders to pick</LinkButton>
      </PageHead>
      {sites.length > 1 && (
        <Filters
          url={url}
          filters={[
            {
              name: 'site_id',
              label: 'Site',
              choices: sites.map(({ id, name }) => [id, name] as const),
            },
          ]}
        />
      )}
      <Wrong state={state} shown={['code']} />
      {may_pick && list.data.length > 0 && <Scan state={state} site_id={site_id} />}
      {to_pack.length > 0 && <Bench orders={to_pack} />}
      {list.data.length === 0 && <Nothing />}
      {walk(list.data).map(([code, lines]) => (
        <Card title={<span class="place">{code}</span>} flush>
          <ul class="picks">
            {lines.map(({ line, index }) => (
              <Line line={line} index={index} state={state} may_pick={may_pick} />
            ))}
          </ul>
        </Card>
      ))}
      {list.has_more && (
        <Notice>More waits behind these: it comes up when they have been picked.</Notice>
      )}
    </>
  )
}

const Scan = ({ state, site_id }: { state: FormState; site_id: string }): Html => (
  <Card>
    <Form action="/pick" state={state}>
      {site_id && <input type="hidden" name="site_id" value={site_id} />}
      <div class="scan-row">
        <Field
          name="code"
          label="Scan what is in your hand"
          state={{ ...state, fields: new URLSearchParams() }}
          required
          autofocus
          scan
          placeholder="Barcode, sku or serial"
        />
        <Field
          name="quantity"
          label="How many"
          state={{ ...state, fields: new URLSearchParams() }}
          inputmode="decimal"
          scan
          placeholder="all"
        />
      </div>
      <Button kind="primary" large icon="check">
        Picked
      </Button>
    </Form>
  </Card>
)

const Bench = ({ orders }: { orders: SalesOrder[] }): Html => (
  <Card title="On the bench">
    <ul class="todo">
      {orders.map(({ id, number, ship_to_name, lines }) => {
        const left = lines.some(({ allocated_quantity }) => allocated_quantity !== '0')
        return (
          <li>
            <a href={`/orders/${id}/pack`}>
              <strong>{number}</strong>
              <span>
                {ship_to_name} · {left ? 'more is to be picked' : 'ready to pack'}
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  </Card>
)

interface Numbered {
  line: PickLine
  index: number
}

/** The list by place, as one walks past. */
function walk(lines: readonly PickLine[]): [code: string, lines: Numbered[]][] {
  const places = new Map<string, Numbered[]>()
  lines.forEach((line, index) => {
    const here = places.get(line.location_code) ?? []
    places.set(line.location_code, [...here, { line, index }])
  })
  return [...places]
}

const Line = ({
  line,
  index,
  state,
  may_pick,
}: Numbered & { state: FormState; may_pick: boolean }): Html => (
  <li>
    <div class="pick-goods">
      <span class="pick-quantity">{line.quantity}</span>
      <div>
        <strong class="mono">{line.sku}</strong>
        <div>{line.name}</div>
        <div class="small muted">
          {line.lot_code && <>Lot {line.lot_code}</>}
          {line.expires_on && (
            <>
              , expires <When at={line.expires_on} date_only />
            </>
          )}
          {line.serial_code && <>Serial {line.serial_code}</>}
        </div>
        <a class="small" href={`/orders/${line.sales_order_id}`}>
          {line.order_number}
        </a>
      </div>
    </div>
    {may_pick && <ByHand line={line} index={index} state={state} />}
  </li>
)

/** For goods without a barcode, and for a place with less in it than it should have. */
const ByHand = ({ line, index, state }: Numbered & { state: FormState }): Html => {
  const name = (key: string) => `lines.${index}.${key}`
  const hidden = {
    line: line.line,
    location_id: line.location_id,
    lot_id: line.lot_id,
    serial_id: line.serial_id,
  }
  return (
    <details class="by-hand" open={errorOf(state, name('quantity')) !== undefined}>
      <summary>By hand</summary>
      <Form action={`/pick/${line.sales_order_id}`} state={state}>
        {Object.entries(hidden).map(
          ([key, value]) =>
            value !== null && <input type="hidden" name={name(key)} value={value} />,
        )}
        <Field
          name={name('quantity')}
          label="Taken"
          state={state}
          inputmode="decimal"
          required
          value={line.quantity}
        />
        <div class="actions">
          <Button kind="primary" large icon="check">
            Picked
          </Button>
          <Button large name="short" value="true">
            There is no more here
          </Button>
        </div>
      </Form>
    </details>
  )
}

const Nothing = (): Html => (
  <Card>
    <Empty
      icon="pick"
      title="Nothing to pick"
      action={<LinkButton href="/orders">Orders</LinkButton>}
    >
      When an order is placed and its goods are there, they are listed here: where to walk, what to
      take, how many.
    </Empty>
  </Card>
)
