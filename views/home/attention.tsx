/** What waits for a person: each line leads to where it is dealt with. */
import type { Html } from '../../src/kit/html.ts'
import type { AttentionKind, Home } from '../../src/home/schema.ts'
import { Icon } from '../ui/icon.tsx'

const kinds: Record<AttentionKind, readonly [one: string, many: string, href: string]> = {
  purchase_uncertain: [
    'label was paid for perhaps: the carrier has to be asked',
    'labels were paid for perhaps: the carrier has to be asked',
    '/shipments?status=uncertain',
  ],
  delivery_problem: [
    'parcel is in trouble on its way',
    'parcels are in trouble on their way',
    '/trackers?action_required=true',
  ],
  order_late: ['order should have left already', 'orders should have left already', '/orders'],
  order_on_hold: ['order is on hold', 'orders are on hold', '/orders?on_hold=true'],
  order_waiting: ['order waits for goods', 'orders wait for goods', '/orders?status=placed'],
  purchase_order_late: [
    'purchase order should be here already',
    'purchase orders should be here already',
    '/purchase_orders?status=sent',
  ],
  return_to_inspect: [
    'return waits to be inspected',
    'returns wait to be inspected',
    '/returns?status=received',
  ],
  count_requested: ['count was asked for', 'counts were asked for', '/counts'],
  running_low: ['item runs low', 'items run low', '/stock'],
}

export const Attention = ({ home }: { home: Home }): Html => {
  const { attention, running_low } = home
  if (attention.length === 0) {
    return (
      <p class="all-well">
        <Icon name="check" /> Nothing waits for you.
      </p>
    )
  }
  return (
    <ul class="todo">
      {attention.map(({ kind, count }) => {
        const [one, many, href] = kinds[kind]
        return (
          <li>
            <a href={href}>
              <strong>{count > 1_000 ? '1,000+' : count}</strong>
              <span>{count === 1 ? one : many}</span>
            </a>
          </li>
        )
      })}
      {running_low.items.map(({ item_id, sku, name, available, reorder_point }) => (
        <li class="under">
          <a href={`/stock/items/${item_id}`}>
            <span class="mono">{sku}</span>
            <span>
              {name}: {available} left, reorder at {reorder_point}
            </span>
          </a>
        </li>
      ))}
    </ul>
  )
}
