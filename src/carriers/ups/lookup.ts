/** Finds a purchase whose answer was lost, by our reference, together with its labels. */
import { bodyJson } from '../exchange.ts'
import type { Lookup, LookupRequest, Operation, PurchasedParcel } from '../contract.ts'
import { message, type CarrierMessage } from '../message.ts'
import { listAt, present, textAt } from '../reading.ts'
import { upsErrors } from './answer.ts'
import { readLabel } from './label.ts'
import { account } from './request.ts'
import { labelSpecification, trackingUrl } from './ship.ts'

async function parcelOf(
  found: unknown,
  wanted: LookupRequest['shipment']['label_type'],
  messages: CarrierMessage[],
): Promise<PurchasedParcel[]> {
  const tracking_number = textAt(found, 'TrackingNumber')
  if (tracking_number === undefined) return []
  const image = textAt(found, 'LabelImage.GraphicImage')
  const read = image === undefined ? undefined : await readLabel(image, wanted)
  if (read?.warning) {
    messages.push(message('ups', 'unknown', read.warning, { severity: 'warning' }))
  }
  return [{ tracking_number, charges: [], ...(read && { label: read.label }) }]
}

export const lookup: Operation<LookupRequest, Lookup> = {
  request: ({ shipment }, ask) => ({
    method: 'POST',
    path: '/api/labels/v1/recovery',
    json: {
      LabelRecoveryRequest: {
        Request: {
          RequestOption: 'Non_Validate',
          SubVersion: '1903',
          TransactionReference: { CustomerContext: shipment.reference },
        },
        LabelSpecification: labelSpecification(shipment.label_type),
        ReferenceValues: {
          ReferenceNumber: { Value: shipment.reference },
          ShipperNumber: account(ask.connection),
        },
      },
    },
    effect: 'read',
  }),
  read: async ([response], { shipment }) => {
    if (!response) return { messages: [] }
    const messages = upsErrors(response)
    if (response.status === 404) return { result: { found: false }, messages: [] }
    const answer = bodyJson(response)
    const read = await Promise.all(
      listAt(answer, 'LabelRecoveryResponse.LabelResults').map((found) =>
        parcelOf(found, shipment.label_type, messages),
      ),
    )
    const parcels = read.flat()
    if (parcels.length === 0) return { messages }
    const first = parcels[0]!.tracking_number
    const shipment_identifier =
      textAt(answer, 'LabelRecoveryResponse.ShipmentIdentificationNumber') ?? first
    return {
      result: {
        found: true,
        shipment: present({
          carrier_id: 'ups',
          service: shipment.service,
          reference: shipment.reference,
          shipment_identifier,
          tracking_number: first,
          tracking_url: trackingUrl(first),
          parcels,
          charges: [],
          documents: [],
          meta: { recovered: true },
        }),
      },
      messages,
    }
  },
}
