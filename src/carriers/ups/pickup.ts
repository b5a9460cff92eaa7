/** Asks a UPS driver to come by, and calls him off again. */
import { bodyJson, succeeded } from '../exchange.ts'
import { partyName, streetLines } from '../address.ts'
import type { Operation } from '../contract.ts'
import type { Pickup, PickupCancelRequest, PickupRequest } from '../errands.ts'
import { moneyAt, present, textAt } from '../reading.ts'
import { upsErrors } from './answer.ts'
import { services } from './codes.ts'
import { account, unitsOf, weightText } from './request.ts'

/** Seventy pounds: above it a driver brings help. */
const heavy_g = 31_751

function body(input: PickupRequest, account_number: string): unknown {
  const { address, parcels } = input
  const units = unitsOf({ parcels, shipper: address })
  const total_g = parcels.reduce((sum, { weight_g }) => sum + weight_g, 0)
  const service = services.find(({ id }) => id === input.service)
  return present({
    Request: {
      SubVersion: '2409',
      TransactionReference: { CustomerContext: input.reference ?? 'Pickup Request' },
    },
    RatePickupIndicator: 'Y',
    Shipper: {
      Account: { AccountNumber: account_number, AccountCountryCode: address.country_code },
    },
    PickupDateInfo: {
      PickupDate: input.pickup_date.replaceAll('-', ''),
      ReadyTime: input.ready_time.replace(':', ''),
      CloseTime: input.closing_time.replace(':', ''),
    },
    PickupAddress: present({
      CompanyName: partyName(address),
      ContactName: address.person_name ?? partyName(address),
      AddressLine: streetLines(address).join(' '),
      City: address.city,
      StateProvince: address.state_code,
      PostalCode: address.postal_code,
      CountryCode: address.country_code,
      ResidentialIndicator: address.residential === true ? 'Y' : 'N',
      Phone: address.phone_number === undefined ? undefined : { Number: address.phone_number },
    }),
    AlternateAddressIndicator: 'Y',
    PickupPiece: [
      {
        ServiceCode: (service?.carrier_code ?? '01').padStart(3, '0'),
        Quantity: String(parcels.length),
        DestinationCountryCode: input.destination_country ?? address.country_code,
        ContainerCode: '01',
      },
    ],
    TotalWeight: { Weight: weightText(total_g, units), UnitOfMeasurement: units.weight },
    OverweightIndicator: parcels.some(({ weight_g }) => weight_g > heavy_g) ? 'Y' : 'N',
    PaymentMethod: '01',
    SpecialInstruction: input.instruction,
    Notification:
      address.email === undefined ? undefined : { ConfirmationEmailAddress: address.email },
  })
}

export const pickup: Operation<PickupRequest, Pickup> = {
  request: (input, { connection }) => ({
    method: 'POST',
    path: '/api/pickupcreation/v2409/pickup',
    json: { PickupCreationRequest: body(input, account(connection)) },
    effect: 'act',
  }),
  read: ([response]) => {
    if (!response) return { messages: [] }
    const messages = upsErrors(response)
    const answer = bodyJson(response)
    const confirmation_number = textAt(answer, 'PickupCreationResponse.PRN')
    if (confirmation_number === undefined) return { messages }
    const rate = 'PickupCreationResponse.RateResult'
    const charge = moneyAt(
      answer,
      `${rate}.GrandTotalOfAllCharge`,
      textAt(answer, `${rate}.CurrencyCode`),
    )
    return { result: present({ confirmation_number, charge }), messages }
  },
}

export const cancelPickup: Operation<PickupCancelRequest, { cancelled: true }> = {
  request: (input) => ({
    method: 'DELETE',
    // 02: by pickup request number.
    path: '/api/shipments/v2409/pickup/02',
    headers: { Prn: input.confirmation_number },
    effect: 'act',
  }),
  read: ([response]) => {
    if (!response) return { messages: [] }
    const messages = upsErrors(response)
    const code = textAt(bodyJson(response), 'PickupCancelResponse.Response.ResponseStatus.Code')
    const done = succeeded(response) && code === '1'
    return { ...(done && { result: { cancelled: true as const } }), messages }
  },
}
