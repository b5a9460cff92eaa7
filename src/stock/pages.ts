/** Stock on screen: where goods are, what moved them, and the forms that move them. */
import { itemsGet, itemsList } from '../catalog/api.ts'
import { reasonsList } from '../ledger/api.ts'
import { locationsGet } from '../locations/api.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { AdjustPage } from '../../views/stock/adjust.tsx'
import { StockItemPage } from '../../views/stock/item.tsx'
import { LevelsPage } from '../../views/stock/levels.tsx'
import { MovePage } from '../../views/stock/move.tsx'
import { PostingPage } from '../../views/stock/posting.tsx'
import {
  postingsGet,
  postingsReverse,
  stockAdjust,
  stockAvailability,
  stockHistory,
  stockLevels,
  stockMove,
  stockMovements,
} from './api.ts'
import { pages as counts } from './counts/pages.ts'
import { goodsForm, pages as places } from './places/pages.ts'
import { reservationsList, reservationsRelease } from './reservations/api.ts'
import type { Posted } from './schema.ts'
import { pages as transfers } from './transfers/pages.ts'

/** Kinds of counterpart whose goods come and go without an order. */
const adjusting = ['adjustment', 'scrap', 'opening', 'production']

/**
 * What somebody typed or scanned: the item of exactly this sku or barcode, else the first that
 * begins so, with the skus of the others.
 */
function itemMeant(visit: Visit, typed: string) {
  const { data } = visit.ask(itemsList, { search: typed, sort: 'sku', limit: 10 })
  const exact = data.find(({ sku, barcode }) => sku === typed || barcode === typed)
  const item = exact ?? data[0]
  return { item, alike: exact ? [] : data.slice(1).map(({ sku }) => sku) }
}

const levels = page({
  route: 'GET /stock',
  title: 'Stock',
  nav: { group: 'Stock', label: 'Stock', icon: 'layers', permission: 'stock.read' },
  show: (visit) => {
    const { sku, ...filter } = visit.query(stockLevels)
    const { item, alike = [] } = sku === undefined ? {} : itemMeant(visit, sku)
    const nothing = { data: [], next_cursor: null }
    return LevelsPage({
      page:
        sku !== undefined && !item
          ? nothing
          : visit.ask(stockLevels, { ...filter, ...(item && { item_id: item.id }) }),
      place: filter.location_id
        ? visit.ask(locationsGet, { id: filter.location_id }).code
        : undefined,
      shown: item?.sku,
      alike,
      url: visit.url,
      may_write: visit.may('stock.write'),
      may_receive: visit.may('purchasing.receive'),
    })
  },
})

const adjust = page({
  route: 'GET /stock/adjust',
  title: 'Adjust stock',
  show: (visit) =>
    AdjustPage({
      ...goodsForm(visit),
      reasons: visit
        .ask(reasonsList, { limit: 100 })
        .data.filter(
          ({ archived_at, counterpart_kind }) =>
            !archived_at && adjusting.includes(counterpart_kind ?? ''),
        )
        .map(({ code, name }) => [code, name] as const),
    }),
})

const move = page({
  route: 'GET /stock/move',
  title: 'Move goods',
  show: (visit) => MovePage(goodsForm(visit)),
})

const item = page({
  route: 'GET /stock/items/:id',
  title: (visit) => visit.ask(itemsGet, { id: visit.params.id! }).name,
  show: (visit) => {
    const id = visit.params.id!
    const query = visit.problem ? {} : visit.query(stockMovements)
    return StockItemPage({
      item: visit.ask(itemsGet, { id }),
      availability: visit.ask(stockAvailability, { id }),
      history: visit.ask(stockHistory, { id }).data,
      levels: visit.ask(stockLevels, { item_id: id, limit: 100 }),
      reservations: visit.ask(reservationsList, { item_id: id, state: 'open', limit: 100 }),
      movements: visit.ask(stockMovements, { ...query, id }),
      url: new URL(`/stock/items/${id}${visit.problem ? '' : visit.url.search}`, visit.url),
      state: formState(visit),
      may_write: visit.may('stock.write'),
    })
  },
})

const posting = page({
  route: 'GET /stock/postings/:id',
  title: (visit) => `Posting ${visit.ask(postingsGet, { id: visit.params.id! }).seq}`,
  show: (visit) =>
    PostingPage({
      posting: visit.ask(postingsGet, { id: visit.params.id! }),
      state: formState(visit),
      may_write: visit.may('stock.write'),
    }),
})

/** The goods of a form's one line. */
const goods = (fields: Fields) => ({
  sku: given(fields, 'lines.0.sku') ?? '',
  lot_code: given(fields, 'lines.0.lot_code'),
  serial_code: given(fields, 'lines.0.serial_code'),
  quantity: given(fields, 'lines.0.quantity') ?? '',
})

const toItem =
  (did: string) =>
  ({ id, levels }: Posted) => {
    const told = levels.map((level) => `${level.on_hand} in ${level.location_code}`).join(', ')
    const [first] = levels
    const to = first ? `/stock/items/${first.item_id}` : `/stock/postings/${id}`
    return { to, say: `${did}: ${first?.sku} is now ${told}.` }
  }

const own = [
  form({
    route: 'POST /stock/adjust',
    submit: submission(
      stockAdjust,
      (fields) => ({
        reason: given(fields, 'reason') ?? '',
        note: given(fields, 'note'),
        lines: [{ ...goods(fields), location_id: given(fields, 'lines.0.location_id') ?? '' }],
      }),
      toItem('Adjusted'),
    ),
    again: adjust,
  }),
  form({
    route: 'POST /stock/move',
    submit: submission(
      stockMove,
      (fields) => ({
        reason: given(fields, 'reason'),
        note: given(fields, 'note'),
        lines: [
          {
            ...goods(fields),
            from_location_id: given(fields, 'lines.0.from_location_id') ?? '',
            to_location_id: given(fields, 'lines.0.to_location_id') ?? '',
          },
        ],
      }),
      toItem('Moved'),
    ),
    again: move,
  }),
  form({
    route: 'POST /stock/postings/:id/reverse',
    submit: submission(
      postingsReverse,
      (fields, { id }) => ({ id, note: given(fields, 'note') }),
      ({ id }: Posted) => ({ to: `/stock/postings/${id}`, say: 'Taken back by this posting.' }),
    ),
    again: posting,
  }),
  form({
    route: 'POST /stock/items/:id/reservations/:reservation_id/release',
    submit: submission(
      reservationsRelease,
      (_, { reservation_id }) => ({ id: reservation_id }),
      ({ item_id, sku, quantity }) => ({
        to: `/stock/items/${item_id}`,
        say: `Released: ${quantity} of ${sku} can be promised again.`,
      }),
    ),
    again: item,
  }),
]

export const pages = {
  pages: [
    levels,
    ...places.pages,
    ...transfers.pages,
    ...counts.pages,
    adjust,
    move,
    item,
    posting,
  ],
  forms: [...own, ...places.forms, ...transfers.forms, ...counts.forms],
}
