/** What can be done to get goods to their door. */
import { Type } from '@sinclair/typebox'
import { calling, reading, writing } from '../operations/operation.ts'
import { Closed, FileReply, Id, IdParam, PageOf } from '../operations/shapes.ts'
import { connectionOperations } from './connections-api.ts'
import { listCarriers } from './connections.ts'
import { changeShipment, createShipment, discardShipment } from './create.ts'
import { createTracker } from './follow.ts'
import { linkLabel } from './link-label.ts'
import { purchaseShipment } from './purchase.ts'
import { quoteRates, rateShipment } from './rate.ts'
import { getLabel, getShipment, listShipments } from './read.ts'
import {
  CarrierDescription,
  LabelLink,
  NewLabelLink,
  NewShipment,
  NewTracker,
  Purchase,
  Quote,
  QuoteReply,
  Shipment,
  ShipmentChange,
  ShipmentFilter,
  Tracker,
  TrackerFilter,
} from './schema.ts'
import { settlePurchase } from './settle.ts'
import { refreshTracker } from './track.ts'
import { getTracker, listTrackers } from './trackers.ts'
import { voidShipment } from './void.ts'

const level = 'organization'
const one = { level, params: IdParam('shp'), reply: Shipment } as const
const LabelParams = Closed({
  id: Id('shp'),
  position: Type.Unsafe<number>(Type.String({ pattern: '^\\d{1,3}$' })),
})
const refusals = ['shipment_state', 'carrier_refused', 'carrier_unreachable'] as const

export const carriersList = reading(
  {
    id: 'carriers.list',
    route: 'GET /v1/carriers',
    level,
    permission: 'shipments.read',
    summary: 'List carriers: what each can do, what it asks for, how far it was proven',
    reply: Type.Object({ data: Type.Array(CarrierDescription) }),
  },
  listCarriers,
)

export const ratesQuote = calling(
  {
    id: 'rates.quote',
    route: 'POST /v1/rates',
    level,
    permission: 'shipments.read',
    feature: 'shipping',
    summary: 'Compare rates of all connected carriers for addresses and parcels',
    body: Quote,
    reply: QuoteReply,
    problems: ['no_carrier_connected', 'connection_paused'],
  },
  quoteRates,
)

export const shipmentsList = reading(
  {
    id: 'shipments.list',
    route: 'GET /v1/shipments',
    level,
    permission: 'shipments.read',
    summary: 'List shipments',
    query: ShipmentFilter,
    reply: PageOf(Shipment),
  },
  listShipments,
)

export const shipmentsGet = reading(
  {
    ...one,
    id: 'shipments.get',
    route: 'GET /v1/shipments/:id',
    permission: 'shipments.read',
    summary: 'Get a shipment',
  },
  getShipment,
)

export const shipmentsCreate = writing(
  {
    id: 'shipments.create',
    route: 'POST /v1/shipments',
    level,
    permission: 'shipments.write',
    summary: 'Draft a shipment, from a packed order or from addresses and parcels',
    body: NewShipment,
    reply: Shipment,
    status: 201,
    problems: ['not_found', 'not_packed'],
  },
  createShipment,
)

export const shipmentsUpdate = writing(
  {
    ...one,
    id: 'shipments.update',
    route: 'PATCH /v1/shipments/:id',
    permission: 'shipments.write',
    summary: 'Change a draft shipment',
    body: ShipmentChange,
    subject: getShipment,
    match: 'required',
    problems: ['shipment_state'],
  },
  changeShipment,
)

export const shipmentsDiscard = writing(
  {
    ...one,
    id: 'shipments.discard',
    route: 'POST /v1/shipments/:id/discard',
    permission: 'shipments.write',
    summary: 'Discard a draft shipment',
    subject: getShipment,
    match: 'optional',
    problems: ['shipment_state'],
  },
  discardShipment,
)

export const shipmentsRate = calling(
  {
    ...one,
    id: 'shipments.rate',
    route: 'POST /v1/shipments/:id/rates',
    permission: 'shipments.write',
    feature: 'shipping',
    summary: 'Ask all connected carriers for rates, and keep them with the shipment',
    subject: getShipment,
    problems: ['shipment_state', 'no_carrier_connected'],
  },
  rateShipment,
)

export const shipmentsPurchase = calling(
  {
    ...one,
    id: 'shipments.purchase',
    route: 'POST /v1/shipments/:id/purchase',
    permission: 'shipments.purchase',
    feature: 'shipping',
    summary: 'Buy the label: exactly once, and the stock of the order leaves',
    description:
      'When the carrier’s answer is lost the shipment is `uncertain`: it is settled by asking the carrier, never by buying again.',
    body: Purchase,
    subject: getShipment,
    idempotency: 'required',
    problems: [
      ...refusals,
      'purchase_in_progress',
      'not_packed',
      'parcel_dispatched',
      'order_state',
      'order_closed',
      'order_held',
      'connection_paused',
      'quota_exceeded',
    ],
  },
  purchaseShipment,
)

export const shipmentsSettle = calling(
  {
    ...one,
    id: 'shipments.settle',
    route: 'POST /v1/shipments/:id/settle',
    permission: 'shipments.purchase',
    summary: 'Settle an uncertain purchase by asking the carrier for our reference',
    subject: getShipment,
    problems: ['shipment_state', 'purchase_in_progress', 'connection_paused'],
  },
  settlePurchase,
)

export const shipmentsVoid = calling(
  {
    ...one,
    id: 'shipments.void',
    route: 'POST /v1/shipments/:id/void',
    permission: 'shipments.purchase',
    summary: 'Void a label; the stock of its order is back at the packing bench',
    subject: getShipment,
    idempotency: 'required',
    problems: [...refusals, 'order_state', 'order_closed', 'connection_paused'],
  },
  voidShipment,
)

export const shipmentsLabel = reading(
  {
    id: 'shipments.label',
    route: 'GET /v1/shipments/:id/parcels/:position/label',
    level,
    permission: 'shipments.read',
    summary: 'Get the label of one parcel, as it was bought',
    params: LabelParams,
    reply: FileReply,
  },
  getLabel,
)

export const shipmentsLinkLabel = calling(
  {
    id: 'shipments.link_label',
    route: 'POST /v1/shipments/:id/parcels/:position/label_link',
    level,
    permission: 'shipments.read',
    summary: 'Make a link to the label that opens without a token, for a while',
    params: LabelParams,
    body: NewLabelLink,
    reply: LabelLink,
    status: 201,
    subject: getLabel,
    shown_once: true,
  },
  linkLabel,
)

export const trackersList = reading(
  {
    id: 'trackers.list',
    route: 'GET /v1/trackers',
    level,
    permission: 'shipments.read',
    summary: 'List trackers',
    query: TrackerFilter,
    reply: PageOf(Tracker),
  },
  listTrackers,
)

export const trackersGet = reading(
  {
    id: 'trackers.get',
    route: 'GET /v1/trackers/:id',
    level,
    permission: 'shipments.read',
    summary: 'Get a tracker with everything its carrier said',
    params: IdParam('trk'),
    reply: Tracker,
  },
  getTracker,
)

export const trackersCreate = writing(
  {
    id: 'trackers.create',
    route: 'POST /v1/trackers',
    level,
    permission: 'shipments.write',
    feature: 'shipping',
    summary: 'Follow a parcel that was not shipped from here',
    body: NewTracker,
    reply: Tracker,
    status: 201,
    problems: ['duplicate_tracker', 'not_found'],
  },
  createTracker,
)

export const trackersRefresh = calling(
  {
    id: 'trackers.refresh',
    route: 'POST /v1/trackers/:id/refresh',
    level,
    permission: 'shipments.write',
    summary: 'Ask the carrier where the parcel is now',
    params: IdParam('trk'),
    reply: Tracker,
    subject: getTracker,
    problems: [
      'carrier_refused',
      'carrier_unreachable',
      'connection_paused',
      'carrier_operation_unsupported',
    ],
  },
  refreshTracker,
)

export const api = [
  carriersList,
  ...connectionOperations,
  ratesQuote,
  shipmentsList,
  shipmentsGet,
  shipmentsCreate,
  shipmentsUpdate,
  shipmentsDiscard,
  shipmentsRate,
  shipmentsPurchase,
  shipmentsSettle,
  shipmentsVoid,
  shipmentsLabel,
  shipmentsLinkLabel,
  trackersList,
  trackersGet,
  trackersCreate,
  trackersRefresh,
]
