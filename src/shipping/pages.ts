/** Shipping on screen: rates side by side, labels, tracking, the carriers' accounts. */
import { carriers } from '../carriers/registry.ts'
import { locationsList } from '../locations/api.ts'
import {
  form,
  formState,
  given,
  group,
  page,
  rows,
  rowsState,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { salesOrdersGet } from '../orders/api.ts'
import { ShipmentForm } from '../../views/shipping/shipment-form.tsx'
import { ShipmentPage } from '../../views/shipping/shipment.tsx'
import { ShipmentsPage } from '../../views/shipping/shipments.tsx'
import {
  shipmentsCreate,
  shipmentsDiscard,
  shipmentsGet,
  shipmentsList,
  shipmentsPurchase,
  shipmentsRate,
  shipmentsSettle,
  shipmentsUpdate,
  shipmentsVoid,
  trackersGet,
} from './api.ts'
import { connectionsList } from './connections-api.ts'
import { accounts } from './carrier-pages.ts'
import type { Shipment } from './schema.ts'
import { publicPath, tracking } from './tracking-pages.ts'

/** Id → what people call the carrier. */
const carrier_names: ReadonlyMap<string, string> = new Map(
  carriers.map(({ id, name }) => [id, name]),
)

const list = page({
  route: 'GET /shipments',
  title: 'Shipments',
  nav: { group: 'Shipping', label: 'Shipments', icon: 'truck', permission: 'shipments.read' },
  show: (visit) =>
    ShipmentsPage({
      page: visit.ask(shipmentsList, visit.query(shipmentsList)),
      url: visit.url,
      carriers: carrier_names,
      may_write: visit.may('shipments.write'),
    }),
})

const create = page({
  route: 'GET /shipments/new',
  title: 'New shipment',
  show: (visit) => {
    const sites = visit.ask(locationsList, { type: 'site', archived: false, limit: 100 }).data
    const order_id = given(visit.fields, 'order_id') ?? visit.url.searchParams.get('order_id')
    return ShipmentForm({
      state: rowsState(visit, 'parcels'),
      from: sites.find((site) => site.is_default)?.address ?? null,
      order_id: order_id ?? undefined,
    })
  },
})

const shipmentOf = (visit: Visit): Shipment => visit.ask(shipmentsGet, { id: visit.params.id! })

const accountsOf = (visit: Visit): ReadonlyMap<string, string> =>
  new Map(
    visit
      .ask(connectionsList, { limit: 100 })
      .data.filter(({ active }) => active)
      .map(({ id, name }) => [id, name]),
  )

const orderNumber = (visit: Visit, { order_id }: Shipment): string | undefined =>
  order_id && visit.may('orders.read')
    ? visit.ask(salesOrdersGet, { id: order_id }).number
    : undefined

const one = page({
  route: 'GET /shipments/:id',
  title: 'Shipment',
  show: (visit) => {
    const shipment = shipmentOf(visit)
    const { tracker_id } = shipment
    return ShipmentPage({
      shipment,
      tracker: tracker_id ? visit.ask(trackersGet, { id: tracker_id }) : undefined,
      carriers: carrier_names,
      accounts: accountsOf(visit),
      order_number: orderNumber(visit, shipment),
      state: formState(visit),
      public_path: tracker_id ? publicPath(visit, tracker_id) : undefined,
      may_write: visit.may('shipments.write'),
      may_purchase: visit.may('shipments.purchase'),
    })
  },
})

/** Measured in kilograms and centimetres, as people do at a bench. */
const parcelsOf = (fields: Fields) =>
  rows(fields, 'parcels').map(({ length, width, height, ...parcel }) => ({
    ...parcel,
    weight_unit: 'KG',
    ...(length && { length }),
    ...(width && { width }),
    ...(height && { height }),
    ...((length || width || height) && { dimension_unit: 'CM' }),
  }))

function newShipment(fields: Fields) {
  const order_id = given(fields, 'order_id')
  return {
    shipper: group(fields, 'shipper'),
    label_type: given(fields, 'label_type'),
    ...(order_id
      ? { order_id }
      : { recipient: group(fields, 'recipient'), parcels: parcelsOf(fields) }),
  }
}

const only = (_: Fields, { id }: Record<string, string>) => ({ id })
const to = (say: string | ((shipment: Shipment) => string)) => (shipment: Shipment) => ({
  to: `/shipments/${shipment.id}`,
  say: typeof say === 'string' ? say : say(shipment),
})

const offers = ({ rates }: Shipment): string =>
  rates.length === 0
    ? 'Nobody made an offer: see what carriers said.'
    : `${rates.length} ${rates.length === 1 ? 'offer' : 'offers'} to choose from.`

const bought = ({ status, tracking_number }: Shipment): string =>
  status === 'uncertain'
    ? 'The answer of the carrier was lost: ask before anything else.'
    : `The label is bought: ${tracking_number ?? 'without a number'}.`

const settled = ({ status }: Shipment): string =>
  status === 'purchased'
    ? 'It was bought: here is the label.'
    : status === 'uncertain'
      ? 'The carrier could not be asked: it stays uncertain.'
      : 'Nothing was bought: it can be bought now.'

const shipmentForms = [
  form({
    route: 'POST /shipments/new',
    submit: submission(shipmentsCreate, newShipment, to('Drafted: now compare the rates.')),
    again: create,
  }),
  form({
    route: 'POST /shipments/:id/rates',
    submit: submission(shipmentsRate, only, to(offers)),
    again: one,
  }),
  form({
    route: 'POST /shipments/:id/purchase',
    submit: submission(
      shipmentsPurchase,
      (fields, { id }) => ({ id, rate_id: given(fields, 'rate_id') }),
      to(bought),
    ),
    again: one,
  }),
  form({
    route: 'POST /shipments/:id/settle',
    submit: submission(shipmentsSettle, only, to(settled)),
    again: one,
  }),
  form({
    route: 'POST /shipments/:id/void',
    submit: submission(shipmentsVoid, only, to('The label is void; the parcels are here again.')),
    again: one,
  }),
  form({
    route: 'POST /shipments/:id/discard',
    submit: submission(shipmentsDiscard, only, to('Discarded.')),
    again: one,
  }),
  form({
    route: 'POST /shipments/:id/label-type',
    submit: submission(
      shipmentsUpdate,
      (fields, { id }) => ({ id, label_type: given(fields, 'label_type') }),
      to('Changed: ask for rates again.'),
    ),
    again: one,
  }),
]

export const pages = {
  pages: [list, create, one, ...tracking.pages, ...accounts.pages],
  forms: [...shipmentForms, ...tracking.forms, ...accounts.forms],
  entrances: tracking.entrances,
}
