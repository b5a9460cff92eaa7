/** The pages people hold in their hand: the pick list, the packing bench, the packing slip. */
import { locationsList } from '../locations/api.ts'
import { assetUrl, stylesheets } from '../operations/assets.ts'
import {
  form,
  formState,
  given,
  page,
  rows,
  rowsState,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { Problem } from '../kit/problem.ts'
import { PackPage } from '../../views/orders/pack.tsx'
import { PackingSlips } from '../../views/orders/packing-slip.tsx'
import { PickPage } from '../../views/orders/pick.tsx'
import {
  pickListConfirm,
  pickListGet,
  salesOrdersFulfilment,
  salesOrdersGet,
  salesOrdersList,
  salesOrdersPack,
  salesOrdersPick,
  salesOrdersPutBack,
  salesOrdersShip,
  salesOrdersUnpack,
} from './api.ts'
import type { Fulfilment } from './fulfilment-schema.ts'

/** As many as one walks past in one go. */
const picks_shown = 100

const fulfilmentOf = (visit: Visit): Fulfilment =>
  visit.ask(salesOrdersFulfilment, { id: visit.params.id! })

const pick = page({
  route: 'GET /pick',
  title: 'Pick & pack',
  nav: { group: 'Selling', label: 'Pick & pack', icon: 'pick', permission: 'orders.read' },
  show: (visit) => {
    const site_id = visit.url.searchParams.get('site_id') ?? given(visit.fields, 'site_id')
    const at = site_id ? { site_id } : {}
    return PickPage({
      list: visit.ask(pickListGet, { ...at, limit: picks_shown }),
      to_pack: visit.ask(salesOrdersList, { ...at, status: 'picking', limit: 20 }).data,
      sites: visit.ask(locationsList, { type: 'site', archived: false, limit: 100 }).data,
      url: visit.url,
      state: rowsState(visit, 'lines'),
      may_pick: visit.may('orders.pick'),
    })
  },
})

const pack = page({
  route: 'GET /orders/:id/pack',
  title: (visit) => `Pack ${visit.ask(salesOrdersGet, { id: visit.params.id! }).number}`,
  show: (visit) => {
    const fulfilment = fulfilmentOf(visit)
    const { site_id } = fulfilment.order
    const places = visit.ask(locationsList, { site_id, archived: false, limit: 100 }).data
    return PackPage({
      fulfilment,
      places: places.filter(({ type, account_id }) => account_id && type === 'bin'),
      state: parcelState(visit),
      may_pick: visit.may('orders.pick'),
      may_ship: visit.may('shipments.write'),
    })
  },
})

const slip = page({
  route: 'GET /orders/:id/packing-slip',
  title: 'Packing slip',
  bare: true,
  show: (visit) => {
    const fulfilment = fulfilmentOf(visit)
    const wanted = visit.url.searchParams.get('parcel')
    return PackingSlips({
      fulfilment,
      parcels: fulfilment.parcels.filter(({ number }) => !wanted || String(number) === wanted),
      business: visit.visitor.tenant?.name ?? '',
      assets: {
        styles: stylesheets(),
        scripts: [assetUrl('console.js')],
        icon: assetUrl('icon.svg'),
      },
    })
  },
})

/** What somebody left at zero is not in this parcel. */
const isPacked = ({ quantity }: Record<string, string>): boolean =>
  quantity !== undefined && !/^0*(\.0*)?$/.test(quantity)

/** One parcel is closed at a time, so the form does not name it; a problem does. */
function parcelState(visit: Visit) {
  const { problem } = visit
  if (!problem?.facts.errors) return formState(visit)
  const errors = problem.facts.errors.map(({ pointer, detail }) => ({
    pointer: pointer.replace(/^\/parcels\/0/, ''),
    detail,
  }))
  const { code, detail, facts, headers } = problem
  const shorter = new Problem(code, detail, { ...facts, errors }, headers)
  return rowsState({ ...visit, fields: visit.fields, problem: shorter }, 'contents', isPacked)
}

const parcel = (fields: Fields, { id }: Record<string, string>) => ({
  id,
  parcels: [
    {
      weight_g: given(fields, 'weight_g'),
      length_mm: given(fields, 'length_mm'),
      width_mm: given(fields, 'width_mm'),
      height_mm: given(fields, 'height_mm'),
      packaging: given(fields, 'packaging'),
      contents: rows(fields, 'contents').filter(isPacked),
    },
  ],
})

const only = (_: Fields, { id }: Record<string, string>) => ({ id })

const toBench =
  (say: string) =>
  ({ order }: Fulfilment) => ({ to: `/orders/${order.id}/pack`, say: `${order.number}: ${say}` })

/** On to the rest of the walk, at the same site. */
const onward = ({ order, to_pick }: Fulfilment, visit: Visit, what: string) => {
  const site_id = given(visit.fields, 'site_id')
  const rest =
    to_pick.length > 0 ? `${to_pick.length} more to pick for it.` : 'all of it is picked.'
  return {
    to: site_id ? `/pick?site_id=${site_id}` : '/pick',
    say: `${what} for ${order.number}; ${rest}`,
  }
}

export const floor = {
  pages: [pick, pack, slip],
  forms: [
    form({
      route: 'POST /pick',
      submit: submission(
        pickListConfirm,
        (fields) => ({
          code: given(fields, 'code') ?? '',
          quantity: given(fields, 'quantity'),
          site_id: given(fields, 'site_id'),
        }),
        (reply, visit) => onward(reply, visit, `${given(visit.fields, 'code')} is on the bench`),
      ),
      again: pick,
    }),
    form({
      route: 'POST /pick/:id',
      submit: submission(
        salesOrdersPick,
        (fields, { id }) => ({
          id,
          lines: rows(fields, 'lines').map((line) => ({
            ...line,
            ...(given(fields, 'short') && { short: true }),
          })),
        }),
        (reply, visit) =>
          onward(
            reply,
            visit,
            given(visit.fields, 'short')
              ? 'The place will be counted; the rest was sought'
              : 'Picked',
          ),
      ),
      again: pick,
    }),
    form({
      route: 'POST /orders/:id/pack',
      submit: submission(salesOrdersPack, parcel, toBench('a parcel is packed.')),
      again: pack,
    }),
    form({
      route: 'POST /orders/:id/parcels/:parcel_id/unpack',
      submit: submission(
        salesOrdersUnpack,
        (_, { id, parcel_id }) => ({ id, parcel_id }),
        toBench('its goods are on the bench again.'),
      ),
      again: pack,
    }),
    form({
      route: 'POST /orders/:id/put-back',
      submit: submission(
        salesOrdersPutBack,
        (fields, { id }) => ({ id, location_id: given(fields, 'location_id') ?? '' }),
        toBench('the bench is empty.'),
      ),
      again: pack,
    }),
    form({
      route: 'POST /orders/:id/ship',
      submit: submission(salesOrdersShip, only, ({ order }) => ({
        to: `/orders/${order.id}`,
        say: `${order.number} has left.`,
      })),
      again: pack,
    }),
  ],
}
