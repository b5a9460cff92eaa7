/** UPS: parcels from and to most of the world. */
import type { Carrier, Deviation } from '../contract.ts'
import { oauth2 } from '../tokens.ts'
import { address } from './address.ts'
import { errors, packaging, services, tracking } from './codes.ts'
import { document } from './document.ts'
import { lookup } from './lookup.ts'
import { options } from './options.ts'
import { cancelPickup, pickup } from './pickup.ts'
import { rate } from './rate.ts'
import { sendBack, ship, trackingUrl } from './ship.ts'
import { track } from './track.ts'
import { cancel } from './void.ts'

const both = (path: string, why: string): Deviation[] => [
  { operation: 'ship', path, why },
  { operation: 'return', path, why },
]

const deviations: readonly Deviation[] = [
  {
    operation: 'rate',
    path: '**.Description',
    why: 'Free text beside a code; ours says what it is.',
  },
  ...both('**.Description', 'Free text beside a code; ours says what it is.'),
  {
    operation: 'rate',
    path: '**.InvoiceLineTotal.*',
    why: 'The recording declares goods worth 1.00 USD whatever is sent; we send the customs value.',
  },
  ...both(
    '**.InvoiceLineTotal.*',
    'The recording declares goods worth 1.00 USD whatever is sent; we send the customs value.',
  ),
  ...both(
    '**.Request.SubVersion',
    'UPS documents four digits (2409); the recording has a v before.',
  ),
  ...both('**.ShipmentDate', 'UPS documents YYYYMMDD; the recording has dashes.'),
  ...both(
    '**.NumOfPiecesInShipment',
    'Only for freight pallets; the recording says 0 pieces of a shipment that has some.',
  ),
  ...both(
    '**.PaymentInformation.ShipmentCharge.1.**',
    'A payer of duties within one country; UPS answers it with alert 121524.',
  ),
  {
    operation: 'ship',
    path: '**.ExportType',
    why: 'The recording calls goods of US origin foreign (F); they are domestic (D).',
  },
  {
    operation: 'return',
    path: '**.ReturnService.Code',
    why: 'The recording sends a driver three times (5); we print the label here (9) unless told.',
  },
  {
    operation: 'document',
    path: '**.TransactionReference',
    why: 'UPS documents an object with CustomerContext; the recording has bare text.',
  },
]

export const ups: Carrier = {
  id: 'ups',
  name: 'UPS',
  website: 'https://www.ups.com',
  countries: [],
  credentials: [
    { name: 'client_id', label: 'Client ID', help: 'developer.ups.com, My Apps.' },
    { name: 'client_secret', label: 'Client secret', help: 'Beside the client ID.', secret: true },
    { name: 'account_number', label: 'Account number', help: 'Six characters, on your invoice.' },
  ],
  config: [],
  auth: oauth2({
    path: '/security/v1/oauth/token',
    user: 'client_id',
    password: 'client_secret',
    headers: ({ credentials }) => ({ 'x-merchant-id': credentials['account_number'] ?? '' }),
  }),
  hosts: { api: { sandbox: 'https://wwwcie.ups.com', live: 'https://onlinetools.ups.com' } },
  // ups.com, "Shipping Dimensions and Weight", read 2026-11-21: 150 lb, 108 in, 165 in.
  limits: () => ({
    max_parcels: 200,
    max_weight_g: 70_000,
    max_length_mm: 2_743,
    max_length_and_girth_mm: 4_191,
  }),
  services,
  packaging,
  options,
  supports: {
    options: [
      'shipment_date',
      'signature_confirmation',
      'saturday_delivery',
      'email_notification_to',
    ],
    payers: ['sender', 'recipient', 'third_party'],
    customs: [
      'commodities',
      'content_type',
      'content_description',
      'incoterm',
      'invoice',
      'invoice_date',
      'duty',
    ],
  },
  label_types: ['PDF', 'PNG', 'ZPL'],
  tracking,
  tracking_url: trackingUrl,
  errors,
  lookup: { by: 'query' },
  proven: [
    { how: 'vectors', on: '2026-11-21', note: 'Outside recordings of eight operations.' },
    { how: 'simulator', on: '2026-11-21', note: 'Tokens, lost answers, 429, 5xx over HTTP.' },
  ],
  deviations,
  operations: {
    rate,
    ship,
    return: sendBack,
    void: cancel,
    track,
    lookup,
    address,
    pickup,
    pickup_cancel: cancelPickup,
    document,
  },
}
