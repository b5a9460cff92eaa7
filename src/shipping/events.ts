/** What shipping tells the outside. */
import type { TObject } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { CarrierConnection, Shipment, Tracker } from './schema.ts'

const event = (type: string, summary: string, data: TObject): EventType => ({ type, summary, data })

export const connectionCreated = event(
  'carrier_connection.created',
  'A carrier account was connected.',
  CarrierConnection,
)
export const connectionUpdated = event(
  'carrier_connection.updated',
  'A carrier account was changed, paused or resumed.',
  CarrierConnection,
)
export const shipmentCreated = event('shipment.created', 'A shipment was drafted.', Shipment)
export const shipmentUpdated = event('shipment.updated', 'A draft shipment was changed.', Shipment)
export const shipmentRated = event('shipment.rated', 'Carriers answered with rates.', Shipment)
export const shipmentPurchased = event(
  'shipment.purchased',
  'A label was bought; the stock of its order has left.',
  Shipment,
)
export const shipmentUncertain = event(
  'shipment.uncertain',
  'The answer to a purchase was lost; it is being settled by asking the carrier.',
  Shipment,
)
export const shipmentCancelled = event(
  'shipment.cancelled',
  'A label was voided; the stock of its order is back at the packing bench.',
  Shipment,
)
export const shipmentDelivered = event('shipment.delivered', 'All parcels have arrived.', Shipment)
export const trackerUpdated = event(
  'tracker.updated',
  'The carrier reported something new about a parcel.',
  Tracker,
)

export const events = [
  connectionCreated,
  connectionUpdated,
  shipmentCreated,
  shipmentUpdated,
  shipmentRated,
  shipmentPurchased,
  shipmentUncertain,
  shipmentCancelled,
  shipmentDelivered,
  trackerUpdated,
]
