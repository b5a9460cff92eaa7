/** A shop and a customer: shipments for trying the simulated carriers. */
import type { ShipmentRequest } from '../contract.ts'

export const sender = {
  person_name: 'Ada Quay',
  company_name: 'Lighthouse Supply',
  phone_number: '5551234567',
  address_line1: '12 Pier Road',
  city: 'Portland',
  state_code: 'ME',
  postal_code: '04101',
  country_code: 'US',
}
export const receiver = {
  person_name: 'Ben Fjord',
  phone_number: '5557654321',
  address_line1: '9 Hill Street',
  city: 'Austin',
  state_code: 'TX',
  postal_code: '78701',
  country_code: 'US',
}
export const box = { weight_g: 1_200, length_mm: 300, width_mm: 200, height_mm: 100 }
const services: Record<string, string> = { ups: 'ups_ground', sendle: 'sendle_standard_pickup' }
export const shipment = (carrier_id: string, reference: string, parcels = 1): ShipmentRequest => ({
  shipper: sender,
  recipient: receiver,
  parcels: Array.from({ length: parcels }, () => box),
  service: services[carrier_id]!,
  reference,
  label_type: 'PDF',
})
