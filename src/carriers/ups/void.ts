/** Gives a UPS shipment back before it is collected. */
import { bodyJson } from '../exchange.ts'
import type { Operation, Voided, VoidRequest } from '../contract.ts'
import { textAt } from '../reading.ts'
import { upsErrors } from './answer.ts'

/** UPS answers this when the shipment is void already: what was wanted is so. */
const already_void = '190117'

export const cancel: Operation<VoidRequest, Voided> = {
  request: (input) => ({
    method: 'DELETE',
    path: `/api/shipments/v2409/void/cancel/${encodeURIComponent(input.shipment_identifier)}`,
    effect: 'act',
  }),
  read: ([response]) => {
    const messages = response ? upsErrors(response) : []
    if (messages.some(({ carrier_code }) => carrier_code === already_void)) {
      return { result: { voided: true, already: true }, messages: [] }
    }
    const code =
      response && textAt(bodyJson(response), 'VoidShipmentResponse.SummaryResult.Status.Code')
    return code === '1' ? { result: { voided: true, already: false }, messages } : { messages }
  },
}
