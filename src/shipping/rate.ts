/** Asks all connected carriers at once what a shipment costs. */
import { Problem } from '../kit/problem.ts'
import type { RateRequest } from '../carriers/contract.ts'
import { parcelFromWire } from '../carriers/parcel.ts'
import { rateAll } from '../carriers/rate.ts'
import { emit } from '../events/emit.ts'
import type { Outward } from '../operations/outward.ts'
import { openConnections } from './connections.ts'
import { shipmentRated } from './events.ts'
import { getShipment } from './read.ts'
import { requireStatus } from './state.ts'
import type { Quote, Shipment } from './schema.ts'
import { updateShipment } from './store.ts'

const callOptions = (outward: Outward) => ({ clock: outward.data.clock })

/** Rates for addresses and parcels that are not a shipment yet: for a checkout, for a comparison. */
export async function quoteRates(outward: Outward, { connection_ids, parcels, ...wanted }: Quote) {
  const connections = openConnections(outward, connection_ids)
  if (connections.length === 0) throw noConnection()
  const request: RateRequest = {
    ...wanted,
    parcels: parcels.map((parcel, index) => parcelFromWire(parcel, `/parcels/${index}`)),
  }
  return rateAll(connections, request, callOptions(outward))
}

/**
 * Rates a shipment and keeps the offers with it. One carrier's failure is a message beside the
 * others' rates; a shipment that nobody can carry stays a draft.
 */
export async function rateShipment(outward: Outward, { id }: { id: string }): Promise<Shipment> {
  const shipment = outward.read((read) => getShipment(read, { id }))
  requireStatus(shipment, ['draft', 'rated'])
  const connections = openConnections(outward)
  if (connections.length === 0) throw noConnection()
  const answer = await rateAll(connections, toRateRequest(shipment), callOptions(outward))
  return outward.write((tx) => {
    const current = getShipment(tx, { id })
    requireStatus(current, ['draft', 'rated'])
    const rates = answer.rates.map((rate) => ({ id: tx.id('rate'), ...rate }))
    updateShipment(tx, id, {
      status: rates.length > 0 ? 'rated' : 'draft',
      rates: JSON.stringify(rates),
      messages: JSON.stringify(answer.messages),
    })
    const rated = getShipment(tx, { id })
    emit(tx, shipmentRated, id, rated)
    return rated
  })
}

export const toRateRequest = (shipment: Shipment): RateRequest => ({
  shipper: shipment.shipper,
  recipient: shipment.recipient,
  parcels: shipment.parcels.map(toCarrierParcel),
  options: shipment.options,
  ...(shipment.customs && { customs: shipment.customs }),
  ...(shipment.payment && { payment: shipment.payment }),
})

/** What a carrier is told of a parcel: all but what we keep about it ourselves. */
export function toCarrierParcel(parcel: Shipment['parcels'][number]) {
  const { position, order_parcel_id, tracking_number, label_format, label_url, ...rest } = parcel
  void [position, order_parcel_id, tracking_number, label_format, label_url]
  return rest
}

const noConnection = () =>
  new Problem('no_carrier_connected', 'Connect a carrier first: there is none to ask.')
