/** Sendle's codes, exactly as it publishes them (developers.sendle.com, read 2026-11-21). */
import type { OptionField, Service } from '../contract.ts'
import type { MessageCode } from '../message.ts'
import type { TrackingCodes } from '../tracking.ts'

export const services: readonly Service[] = [
  { id: 'sendle_standard_pickup', carrier_code: 'STANDARD-PICKUP', name: 'Standard Pickup' },
  { id: 'sendle_standard_dropoff', carrier_code: 'STANDARD-DROPOFF', name: 'Standard Drop Off' },
  { id: 'sendle_express_pickup', carrier_code: 'EXPRESS-PICKUP', name: 'Express Pickup' },
]

export const options: readonly OptionField[] = [
  {
    id: 'sendle_hide_pickup_address',
    code: 'hide_pickup_address',
    type: 'boolean',
    default: false,
    help: 'Keep the pickup address off the label.',
  },
  {
    id: 'sendle_packaging_type',
    code: 'packaging_type',
    type: 'string',
    choices: ['box', 'satchel', 'unlimited satchel'],
    help: 'What the parcel is packed in.',
  },
  {
    id: 'sendle_outbound_order_id',
    type: 'string',
    help: 'For a return label: the order that is being sent back.',
  },
]

export const tracking: TrackingCodes = {
  statuses: {
    in_transit: ['Pickup', 'Drop Off', 'Dropped Off', 'Dropped off', 'In Transit'],
    out_for_delivery: ['Out for Delivery', 'Local Delivery'],
    ready_for_pickup: ['Left with Agent'],
    delivered: ['Delivered'],
    on_hold: ['Pickup Attempted', 'Delivery Attempted'],
    delivery_delayed: ['Card Left'],
    delivery_failed: ['Damaged', 'Unable to Deliver'],
    cancelled: ['Cancelled'],
  },
  incidents: {
    carrier_damaged_parcel: ['Damaged'],
    consignee_not_home: ['Card Left'],
    delivery_exception_hold: ['Left with Agent', 'Pickup Attempted', 'Delivery Attempted'],
    delivery_exception_undeliverable: ['Unable to Deliver'],
  },
}

export const errors: Readonly<Record<string, MessageCode>> = {
  unauthorized: 'auth',
  forbidden: 'auth',
  payment_required: 'funds',
  not_found: 'not_found',
  too_many_requests: 'rate_limited',
  rate_limited: 'rate_limited',
  idempotency_key_reused: 'duplicate',
  conflict: 'duplicate',
  internal_server_error: 'carrier_down',
  service_unavailable: 'carrier_down',
}

/** Sendle's field → ours, and the kind of trouble it means. */
export const fields: Readonly<Record<string, [pointer: string, kind: MessageCode]>> = {
  sender_suburb: ['/shipper/city', 'address'],
  sender_postcode: ['/shipper/postal_code', 'address'],
  sender_country: ['/shipper/country_code', 'address'],
  sender_address_line1: ['/shipper/address_line1', 'address'],
  receiver_suburb: ['/recipient/city', 'address'],
  receiver_postcode: ['/recipient/postal_code', 'address'],
  receiver_country: ['/recipient/country_code', 'address'],
  receiver_address_line1: ['/recipient/address_line1', 'address'],
  sender: ['/shipper', 'address'],
  receiver: ['/recipient', 'address'],
  weight: ['/parcels/0/weight', 'dimensions'],
  weight_value: ['/parcels/0/weight', 'dimensions'],
  weight_units: ['/parcels/0/weight_unit', 'dimensions'],
  volume: ['/parcels/0', 'dimensions'],
  volume_value: ['/parcels/0', 'dimensions'],
  dimensions: ['/parcels/0', 'dimensions'],
  product_code: ['/service', 'service_unavailable'],
  pickup_date: ['/options/shipment_date', 'service_unavailable'],
  parcel_contents: ['/customs/commodities', 'customs'],
  contents_type: ['/customs/content_type', 'customs'],
}
