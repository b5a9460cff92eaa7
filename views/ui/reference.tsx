/** Where a record has its page; what caused something: ours leads there, the outside opens. */
import type { Html } from '../../src/kit/html.ts'
import { sentence } from './status.tsx'

const pages: Record<string, string> = {
  purchase_order: '/purchase_orders',
  sales_order: '/orders',
  shipment: '/shipments',
  return: '/returns',
  transfer: '/transfers',
  count: '/counts',
}

/** The prefix of an id → where its page is. */
const pages_by_prefix: Record<string, string> = {
  itm: '/items',
  so: '/orders',
  po: '/purchase_orders',
  shp: '/shipments',
  trk: '/trackers',
  ret: '/returns',
  loc: '/locations',
  cnt: '/counts',
  pst: '/stock/postings',
  pty: '/parties',
  trf: '/transfers',
}

/** The page of the record with this id; undefined when it has none of its own. */
export function pageOf(id: string, type?: string): string | undefined {
  if (type === 'supplier' || type === 'customer') return `/parties/${id}`
  const place = pages_by_prefix[id.slice(0, id.indexOf('_'))]
  return place && `${place}/${id}`
}

/** Whoever posts chooses the address: only those a browser opens harmlessly become links. */
const is_web = /^https?:\/\//

export function Reference({ type, id }: { type: string; id: string }): Html {
  if (!type) return <span class="muted none">—</span>
  if (pages[type]) return <a href={`${pages[type]}/${id}`}>{sentence(type)}</a>
  if (is_web.test(id)) {
    return (
      <a href={id} rel="noopener noreferrer" class="break">
        {id}
      </a>
    )
  }
  return <span class="break">{id}</span>
}
