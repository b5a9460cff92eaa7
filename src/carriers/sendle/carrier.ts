/** Sendle: parcels within and from Australia, Canada and the United States. */
import { bodyJson } from '../exchange.ts'
import { hour_ms } from '../../kit/clock.ts'
import type {
  Carrier,
  Limits,
  Lookup,
  LookupRequest,
  Operation,
  Voided,
  VoidRequest,
} from '../contract.ts'
import { textAt } from '../reading.ts'
import { errors, options, services, tracking } from './codes.ts'
import { allErrors } from './errors.ts'
import { manifest } from './manifest.ts'
import { rate } from './rate.ts'
import { cancelCall, readPurchase, sendBack, ship } from './ship.ts'
import { track } from './track.ts'

/** support.sendle.com, "Sizes and weights", read 2026-11-21; Canada states none there. */
const limits: Record<string, Limits> = {
  AU: { max_weight_g: 25_000, max_length_mm: 1_200, max_volume_litres: 100 },
  US: { max_weight_g: 31_751, max_length_and_girth_mm: 2_743 },
}

/** A cancelled order stays cancelled: Sendle answers the second time as the first. */
const cancel: Operation<VoidRequest, Voided> = {
  request: (input) => input.shipment_identifier.split(',').map(cancelCall),
  read: (responses) => {
    const messages = allErrors(responses)
    const all = responses.every((one) => textAt(bodyJson(one), 'state') === 'Cancelled')
    return all && messages.length === 0
      ? { result: { voided: true, already: false }, messages }
      : { messages }
  },
}

/**
 * Sendle cannot be searched by reference. It does remember every purchase key for 72 hours and
 * answers the same order to the same request: that is how a lost answer is fetched again.
 */
const lookup: Operation<LookupRequest, Lookup> = {
  request: [ship.request].flat().map((step) => (input, ask) => step(input.shipment, ask)),
  read: (responses, input, ask) => {
    const { result, messages } = readPurchase(responses, input.shipment, ask)
    return result ? { result: { found: true, shipment: result }, messages } : { messages }
  },
}

export const sendle: Carrier = {
  id: 'sendle',
  name: 'Sendle',
  website: 'https://www.sendle.com',
  countries: ['AU', 'CA', 'US'],
  credentials: [
    { name: 'sendle_id', label: 'Sendle ID', help: 'Dashboard, Settings, Integrations, API.' },
    { name: 'api_key', label: 'API key', help: 'Beside the Sendle ID.', secret: true },
  ],
  config: [
    {
      name: 'label_size',
      label: 'Label size',
      help: 'A whole A4 page, or only the label for a thermal printer.',
      choices: ['a4', 'cropped'],
      required: false,
    },
  ],
  auth: { kind: 'basic', user: 'sendle_id', password: 'api_key' },
  hosts: { api: { sandbox: 'https://sandbox.sendle.com', live: 'https://api.sendle.com' } },
  limits: (country_code) => ({
    ...limits[country_code],
    max_parcels: 20,
    sizes_required: true,
    origin_countries: ['AU', 'CA', 'US'],
    ...(country_code === 'CA' && { destination_countries: ['CA', 'US'] }),
  }),
  services,
  packaging: [],
  options,
  supports: {
    options: ['shipment_date', 'instructions'],
    payers: ['sender'],
    customs: ['commodities', 'content_type', 'content_description'],
  },
  label_types: ['PDF'],
  tracking,
  tracking_url: (number) => `https://track.sendle.com/tracking?ref=${encodeURIComponent(number)}`,
  errors,
  lookup: { by: 'replay', valid_for_ms: 72 * hour_ms },
  proven: [
    { how: 'vectors', on: '2026-11-21', note: 'Outside recordings of rate, ship, void and track.' },
    { how: 'simulator', on: '2026-11-21', note: 'Lost answers, 429, 5xx and refusals over HTTP.' },
  ],
  deviations: [
    {
      operation: 'ship',
      path: '*.units',
      why: 'Sendle documents its units in lower case; the recording has KG and CM.',
    },
    {
      operation: 'ship',
      path: 'parcel_contents.*.value',
      why: 'The recording sends the word None as a value; we send the declared value.',
    },
  ],
  operations: { rate, ship, return: sendBack, void: cancel, track, lookup, manifest },
}
