/** A UPS that answers whatever it is asked, with prices, labels and scans that make sense. */
import { at, listAt, textAt } from '../reading.ts'
import type {
  Route,
  SimulatedAnswer,
  SimulatedRequest,
  Simulation,
} from '../simulator/simulation.ts'
import type { Purchase, Stage, World } from '../simulator/world.ts'
import { compact, labelsOf, ok, rates, refuse, ship, success } from './simulate-ship.ts'

const own = (purchase: Purchase, account: string): boolean => purchase.account === account

function voidShipment(request: SimulatedRequest, world: World, id: string): SimulatedAnswer {
  const found = world.find('ups', (one) => one.identifier === id && own(one, request.account))
  if (!found) return refuse(400, '190102', 'No shipment found within the allowed void period')
  if (found.voided) return refuse(400, '190117', 'The shipment has already been voided.')
  world.void(found)
  const Status = { Code: '1', Description: 'Voided' }
  return ok({ VoidShipmentResponse: { Response: success, SummaryResult: { Status } } })
}

function recover({ json, account }: SimulatedRequest, world: World): SimulatedAnswer {
  const values = at(json, 'LabelRecoveryRequest.ReferenceValues')
  const reference = textAt(values, 'ReferenceNumber.Value')
  const shipper = textAt(values, 'ShipperNumber')
  const found = world.find(
    'ups',
    (one) =>
      one.reference === reference &&
      one.data['shipper'] === shipper &&
      own(one, account) &&
      !one.voided,
  )
  if (!found) return refuse(404, '404', 'No label was found for this reference.')
  const labels = labelsOf(found.data['request'], found.tracking_numbers)
  return ok({
    LabelRecoveryResponse: {
      Response: success,
      ShipmentIdentificationNumber: found.identifier,
      LabelResults: found.tracking_numbers.map((TrackingNumber, index) => ({
        TrackingNumber,
        LabelImage: {
          LabelImageFormat: { Code: labels[index]![0] },
          GraphicImage: labels[index]![1],
        },
      })),
    },
  })
}

const scans: Record<Stage, [code: string, type: string, words: string]> = {
  created: ['MP', 'M', 'Shipper created a label, UPS has not received the package yet.'],
  picked_up: ['OR', 'P', 'Pickup Scan'],
  in_transit: ['DP', 'I', 'Departed from Facility'],
  arrived: ['AR', 'I', 'Arrived at Facility'],
  out_for_delivery: ['OT', 'O', 'Out For Delivery Today'],
  held: ['NH', 'X', 'The receiver was not available for delivery.'],
  delivered: ['FS', 'D', 'DELIVERED'],
}

/** Scans where the parcel was handed over; the others are made where it goes. */
const before_the_journey: readonly Stage[] = ['created', 'picked_up', 'in_transit']

function track(world: World, number: string): SimulatedAnswer {
  const found = world.find('ups', (one) => one.tracking_numbers.includes(number))
  if (!found) return refuse(404, 'TW0001', 'Tracking Information Not Found')
  const activity = world
    .scans(found)
    .map(({ stage, at_ms }) => {
      const [code, type, description] = scans[stage]
      const [date = '', time = ''] = new Date(at_ms).toISOString().split('T')
      const day = date.replaceAll('-', '')
      const clock = time.slice(0, 8).replaceAll(':', '')
      const side = before_the_journey.includes(stage) ? 'from' : 'to'
      const address = at(found.data[side], 'City') === undefined ? {} : found.data[side]
      return {
        date: day,
        time: clock,
        gmtDate: day,
        gmtTime: clock,
        gmtOffset: '+00:00',
        location: {
          address: {
            city: textAt(address, 'City'),
            stateProvince: textAt(address, 'StateProvinceCode'),
            countryCode: textAt(address, 'CountryCode'),
          },
        },
        status: { code, type, description },
      }
    })
    .reverse()
  const status = found.voided
    ? { code: 'VD', type: 'X', description: 'Voided' }
    : activity[0]!.status
  return ok({
    trackResponse: {
      shipment: [{ package: [{ trackingNumber: number, currentStatus: status, activity }] }],
    },
  })
}

function validate({ json }: SimulatedRequest): SimulatedAnswer {
  const format = at(json, 'XAVRequest.AddressKeyFormat')
  const known = /^\d{5}$/.test(textAt(format, 'PostcodePrimaryLow') ?? '')
  const business = textAt(format, 'ConsigneeName') !== undefined
  const AddressClassification = {
    Code: business ? '1' : '2',
    Description: business ? 'Commercial' : 'Residential',
  }
  return ok({
    XAVResponse: {
      Response: success,
      ...(known
        ? {
            ValidAddressIndicator: '',
            AddressClassification,
            Candidate: [{ AddressClassification, AddressKeyFormat: format }],
          }
        : { NoCandidatesIndicator: '' }),
    },
  })
}

function pickup({ json }: SimulatedRequest, world: World): SimulatedAnswer {
  const date = textAt(json, 'PickupCreationRequest.PickupDateInfo.PickupDate') ?? ''
  if (date < compact(world.clock.now())) return refuse(400, '9560131', 'Invalid pickup date')
  return ok({
    PickupCreationResponse: {
      Response: success,
      PRN: `2929602E${String(world.number()).padStart(4, '0')}`,
      RateResult: { CurrencyCode: 'USD', GrandTotalOfAllCharge: '6.50' },
    },
  })
}

function upload({ json }: SimulatedRequest, world: World): SimulatedAnswer {
  const stamp = new Date(world.clock.now()).toISOString().slice(0, 19).replace(/[T:]/g, '.')
  const files = listAt(json, 'UploadRequest.UserCreatedForm')
  const DocumentID = files.map(() => `${stamp}.${String(world.number()).padStart(6, '0')}`)
  return ok({
    UploadResponse: { Response: success, FormsHistoryDocumentID: { DocumentID } },
  })
}

const routes: readonly Route[] = [
  { method: 'POST', path: /^\/api\/rating\/v2409\/Shop$/, answer: rates },
  { method: 'POST', path: /^\/api\/shipments\/v2409\/ship$/, buys: true, answer: ship },
  {
    method: 'DELETE',
    path: /^\/api\/shipments\/v2409\/void\/cancel\/(?<id>[^/]+)$/,
    answer: (request, world, { id = '' }) => voidShipment(request, world, id),
  },
  { method: 'POST', path: /^\/api\/labels\/v1\/recovery$/, answer: recover },
  {
    method: 'GET',
    path: /^\/api\/track\/v1\/details\/(?<number>[^/]+)$/,
    answer: (_, world, { number = '' }) => track(world, number),
  },
  { method: 'POST', path: /^\/api\/addressvalidation\/v2\/3$/, answer: validate },
  { method: 'POST', path: /^\/api\/pickupcreation\/v2409\/pickup$/, buys: true, answer: pickup },
  {
    method: 'DELETE',
    path: /^\/api\/shipments\/v2409\/pickup\/02$/,
    answer: () => ok({ PickupCancelResponse: { Response: success, PickupType: '01' } }),
  },
  { method: 'POST', path: /^\/api\/paperlessdocuments\/v1\/upload$/, answer: upload },
]

/** Four hours, as UPS gives them. */
const token_life_s = 14_399

export function simulateUps(world: World): Simulation {
  const tokens = new Map<string, { account: string; expires_at_ms: number }>()
  const unauthorized = refuse(401, '250002', 'Invalid Authentication Information.')
  const signIn = ({ headers, form }: Pick<SimulatedRequest, 'headers' | 'form'>) => {
    const basic = /^Basic (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? ''
    const [client, secret] = Buffer.from(basic, 'base64').toString().split(':')
    if (!client || !secret || secret === 'wrong') return unauthorized
    if (form.get('grant_type') !== 'client_credentials') return unauthorized
    const access_token = `simulated-${world.number()}`
    tokens.set(access_token, {
      account: client,
      expires_at_ms: world.clock.now() + token_life_s * 1_000,
    })
    return ok({ token_type: 'Bearer', access_token, expires_in: String(token_life_s) })
  }
  return {
    carrier_id: 'ups',
    authorize: ({ path, headers }) => {
      if (path === '/security/v1/oauth/token') return ''
      const bearer = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? ''
      const token = tokens.get(bearer)
      return token && token.expires_at_ms > world.clock.now() ? token.account : unauthorized
    },
    routes: [{ method: 'POST', path: /^\/security\/v1\/oauth\/token$/, answer: signIn }, ...routes],
    busy: { ...refuse(429, '10429', 'Too Many Requests'), headers: { 'retry-after': '1' } },
    down: refuse(503, '20001', 'General process failure.'),
    unknown: refuse(404, '404', 'Invalid Resource'),
    expireTokens: () => tokens.clear(),
  }
}
