/** Mistakes seen in other shipping systems, each kept from happening here. */
import { describe, expect, test } from 'bun:test'
import type { Ask, Rate, RateRequest, ShipmentRequest } from './contract.ts'
import type { HttpCall } from './exchange.ts'
import { priceService } from './generic/price.ts'
import type { RateSheet } from './generic/rate-sheet.ts'
import { checkOptions } from './options.ts'
import { parcelFromWire, weightIn } from './parcel.ts'
import { sortRates } from './rate.ts'
import { readiness } from './readiness.ts'
import { carriers, getCarrier } from './registry.ts'
import { incidentOf, statusOf } from './tracking.ts'

const now_ms = Date.parse('2026-11-21T09:00:00Z')
const ask = (carrier_id: string): Ask => ({
  connection: { id: 'con', carrier_id, mode: 'live', credentials: {}, config: {} },
  now_ms,
  earlier: [],
})
const from = {
  company_name: 'Lighthouse Supply',
  address_line1: '12 Pier Road',
  city: 'Portland',
  state_code: 'ME',
  postal_code: '04101',
  country_code: 'US',
}
const to = {
  ...from,
  company_name: 'Fjord',
  city: 'Austin',
  state_code: 'TX',
  postal_code: '78701',
}
const parcel = { weight_g: 1_000, length_mm: 300, width_mm: 200, height_mm: 100 }
const shipment = (more: Partial<ShipmentRequest> = {}): ShipmentRequest => ({
  shipper: from,
  recipient: to,
  parcels: [parcel],
  service: 'ups_ground',
  reference: 'shp_1',
  label_type: 'PDF',
  ...more,
})

/** The calls of an operation's first step. */
function firstCalls(carrier_id: string, name: 'rate' | 'ship', input: unknown): HttpCall[] {
  const { request } = getCarrier(carrier_id).operations[name]!
  const [step] = [request].flat()
  return [step!(input as ShipmentRequest, ask(carrier_id))].flat()
}

describe('options where "false" means true', () => {
  const ups = getCarrier('ups')
  test('the word false is refused, not read as yes', () => {
    const [said] = checkOptions(ups, { signature_confirmation: 'false' }, '/options')
    expect(said).toMatchObject({ field: '/options/signature_confirmation', severity: 'error' })
  })
  test('a number, null-like text and an unknown name are refused', () => {
    const options = { saturday_delivery: 1, ups_seeds_indicator: '', teleport: true }
    expect(checkOptions(ups, options, '/options')).toHaveLength(3)
  })
  test('false sends nothing and true sends the indicator', () => {
    const sent = (value: boolean) =>
      JSON.stringify(
        firstCalls(
          'ups',
          'ship',
          shipment({ options: { ups_saturday_delivery_indicator: value } }),
        ),
      )
    expect(sent(false)).not.toContain('SaturdayDelivery')
    expect(sent(true)).toContain('"SaturdayDeliveryIndicator":"Y"')
  })
  test('false turns off what is on by default', () => {
    const sent = (value: boolean) =>
      JSON.stringify(
        firstCalls('ups', 'ship', shipment({ options: { ups_negotiated_rates_indicator: value } })),
      )
    expect(sent(false)).not.toContain('NegotiatedRatesIndicator')
    expect(sent(true)).toContain('"NegotiatedRatesIndicator":"Y"')
  })
})

describe('postal codes', () => {
  test('04101 reaches the carrier with its zero', () => {
    for (const carrier_id of ['ups', 'sendle']) {
      const text = JSON.stringify(firstCalls(carrier_id, 'ship', shipment()))
      expect(text).toContain('"04101"')
    }
  })

  const sheet: RateSheet = {
    currency: 'EUR',
    services: [
      {
        id: 'van',
        name: 'Van',
        zones: [
          {
            name: 'short codes',
            postal_ranges: [['1200', '1299']],
            steps: [{ up_to_g: 5_000, price: { cost: 100 } }],
          },
          {
            name: 'long codes',
            postal_ranges: [['12000', '12999']],
            steps: [{ up_to_g: 5_000, price: { cost: 200 } }],
          },
          {
            name: 'outward codes',
            postal_prefixes: ['SW1A'],
            steps: [{ up_to_g: 5_000, price: { cost: 300 } }],
          },
        ],
      },
    ],
  }
  const zoneOf = (postal_code: string) => {
    const request: RateRequest = {
      shipper: from,
      recipient: { country_code: 'NO', postal_code },
      parcels: [parcel],
    }
    const priced = priceService(sheet, sheet.services[0]!, request, '2026-11-21')
    return typeof priced === 'string' ? undefined : priced.zone
  }
  test('1234 and 12340 are two places', () => {
    expect(zoneOf('1234')).toBe('short codes')
    expect(zoneOf('12340')).toBe('long codes')
    expect(zoneOf('123')).toBeUndefined()
    expect(zoneOf('012340')).toBeUndefined()
  })
  test('letters and spaces do not hide a place', () => {
    expect(zoneOf('sw1a 1aa')).toBe('outward codes')
    expect(zoneOf('SW1 1AA')).toBeUndefined()
  })
})

describe('rates of different currencies', () => {
  const rate = (service: string, amount: number, currency: string, transit_days: number): Rate => ({
    carrier_id: 'x',
    service,
    service_name: service,
    total: { amount, currency },
    charges: [],
    transit_days,
    meta: {},
  })
  const rates = [
    rate('a', 900, 'USD', 5),
    rate('b', 100, 'JPY', 1),
    rate('c', 500, 'USD', 3),
    rate('d', 50, 'JPY', 2),
  ]
  test('stand in groups, each cheapest first', () => {
    expect(sortRates(rates).map(({ service }) => service)).toEqual(['c', 'a', 'd', 'b'])
  })
  test('stay in their groups when speed decides', () => {
    expect(sortRates(rates, 'speed').map(({ service }) => service)).toEqual(['c', 'a', 'b', 'd'])
  })
})

test('dimensional weight is applied, not only stored', () => {
  const sheet: RateSheet = {
    currency: 'USD',
    services: [
      {
        id: 'air',
        name: 'Air',
        dimensional_divisor: 5_000,
        zones: [
          {
            name: 'all',
            steps: [
              { up_to_g: 1_000, price: { cost: 500 } },
              { up_to_g: 10_000, price: { cost: 2_000 } },
            ],
          },
        ],
      },
    ],
  }
  const price = (service = sheet.services[0]!, size_mm = 300) => {
    const parcels = [{ weight_g: 900, length_mm: size_mm, width_mm: size_mm, height_mm: size_mm }]
    const priced = priceService(
      sheet,
      service,
      { shipper: from, recipient: to, parcels },
      '2026-11-21',
    )
    return typeof priced === 'string' ? priced : [priced.chargeable_weight_g, priced.total.amount]
  }
  // 30 × 30 × 30 cm are 27 litres: at 5000 cm³ a kilogram that is 5.4 kg.
  expect(price()).toEqual([5_400, 2_000])
  expect(price(sheet.services[0]!, 100)).toEqual([900, 500])
  const { dimensional_divisor: _, ...without } = sheet.services[0]!
  expect(price(without)).toEqual([900, 500])
})

describe('statuses are not guessed', () => {
  test('a code that is not in the table is unknown, however it sounds', () => {
    const { tracking } = getCarrier('sendle')
    for (const code of ['delivered', 'Delivered!', 'Undelivered', 'Not Delivered', 'Deliver']) {
      expect(statusOf(tracking, code)).toBe('unknown')
    }
    expect(statusOf(tracking, 'Delivered')).toBe('delivered')
  })
  test('no carrier gives one code two meanings', () => {
    for (const { id, tracking } of carriers) {
      const codes = Object.values(tracking.statuses).flat()
      const reasons = Object.values(tracking.incidents).flat()
      expect({ id, codes: codes.length }).toEqual({ id, codes: new Set(codes).size })
      expect({ id, reasons: reasons.length }).toEqual({ id, reasons: new Set(reasons).size })
    }
    expect(incidentOf(getCarrier('ups').tracking, undefined)).toBeUndefined()
  })
})

test('a missing description is not the end of a batch', () => {
  const items = [{ quantity: 1 }]
  for (const carrier_id of ['ups', 'sendle']) {
    for (const parcels of [[parcel], [{ ...parcel, items }]]) {
      const text = JSON.stringify(firstCalls(carrier_id, 'ship', shipment({ parcels })))
      expect(text).toMatch(/"[Dd]escription":"[^"]+"/)
    }
  }
})

describe('weights and sizes', () => {
  test('ten pounds stay ten pounds on the way through grams', () => {
    const wire = { weight: 10, weight_unit: 'LB', length: 7, width: 5, height: 2 }
    const [call] = firstCalls('ups', 'ship', shipment({ parcels: [parcelFromWire(wire)] }))
    const text = JSON.stringify(call)
    expect(text).toContain('"Weight":"10.0"')
    expect(text).toContain('"Length":"7.0","Width":"5.0","Height":"2.0"')
  })
  test('what does not come out even is rounded up, never down', () => {
    expect(weightIn(1_001, 'kg', 1)).toBe(1.1)
    expect(weightIn(454, 'lb', 1)).toBe(1)
    expect(weightIn(460, 'lb', 1)).toBe(1.1)
  })
})

describe('readiness', () => {
  const said = (carrier_id: string, input: unknown, name: 'rate' | 'ship' = 'ship') =>
    readiness(getCarrier(carrier_id), name, input, now_ms).map(
      ({ code, field }) => `${code} ${field}`,
    )
  test('a good shipment is ready', () => {
    expect(said('ups', shipment())).toEqual([])
  })
  test('every reason is told at once, before any call', () => {
    const { company_name: _, city: __, ...nobody } = to
    const heavy = { ...parcel, weight_g: 80_000, length_mm: 3_000, packaging_type: 'crate' }
    const request = shipment({
      recipient: { ...nobody, country_code: 'CA' },
      parcels: [heavy],
      service: 'ups_rocket',
      options: { teleport: true },
    })
    expect(said('ups', request)).toEqual([
      'dimensions /parcels/0/weight',
      'dimensions /parcels/0/length',
      'dimensions /parcels/0/packaging_type',
      'unknown /options/teleport',
      'address /recipient/person_name',
      'address /recipient/city',
      'service_unavailable /service',
      'customs /customs',
    ])
  })
  test('what a carrier would have to leave out is refused, what is switched off is not', () => {
    const asked = shipment({
      service: 'sendle_standard_pickup',
      parcels: [{ ...parcel, options: { insurance: 100, dangerous_good: false } }],
      options: { insurance: 5_000, signature_confirmation: true, dangerous_good: false },
      payment: { paid_by: 'recipient' },
      customs: {
        commodities: [
          { quantity: 1, value_amount: 500, value_currency: 'USD' },
          { quantity: 1, value_amount: 500, value_currency: 'EUR' },
          { quantity: 1 },
        ],
        tax_ids: { eori: 'GB1' },
      },
    })
    expect(said('sendle', asked)).toEqual([
      'unknown /parcels/0/options/insurance',
      'unknown /options/insurance',
      'unknown /options/signature_confirmation',
      'unknown /payment/paid_by',
      'customs /customs/commodities/1/value_currency',
      'customs /customs/commodities/2/value_amount',
      'customs /customs/tax_ids',
    ])
  })
  test('every option a carrier names is one it sends', () => {
    for (const { id, options, services } of carriers) {
      if (services.length === 0) continue
      for (const { id: option, type, choices } of options) {
        const value = type === 'boolean' ? true : (choices?.[0] ?? 'text')
        const base = id === 'sendle' ? { sendle_outbound_order_id: 'outbound' } : {}
        const call = (given: object) =>
          ['ship', 'return'].map((name) =>
            JSON.stringify(
              firstCalls(id, name as 'ship', shipment({ options: { ...base, ...given } })),
            ),
          )
        const off = type === 'boolean' ? { [option]: false } : {}
        expect({ option, same: call({ [option]: value }).join() === call(off).join() }).toEqual({
          option,
          same: false,
        })
      }
    }
  })
  test('a purchase key is not used after the carrier has forgotten it', () => {
    const sent = (hours: number) => ({
      shipment: shipment(),
      sent_at: new Date(now_ms - hours * 3_600_000).toISOString(),
    })
    const at = (hours: number) => readiness(getCarrier('sendle'), 'lookup', sent(hours), now_ms)
    expect(at(71)).toEqual([])
    expect(at(72)).toMatchObject([{ field: '/sent_at' }])
  })
  test('limits follow the country of the shipper', () => {
    const big = { weight_g: 26_000, length_mm: 400, width_mm: 300, height_mm: 300 }
    const at = (country_code: string) =>
      said(
        'sendle',
        { shipper: { country_code }, recipient: { country_code }, parcels: [big] },
        'rate',
      )
    expect(at('AU')).toEqual(['dimensions /parcels/0/weight'])
    expect(at('US')).toEqual([])
    expect(at('FR')).toEqual(['service_unavailable /shipper/country_code'])
  })
})

test('a label address on a foreign host is not followed with our credentials', () => {
  const steps = [getCarrier('sendle').operations.ship!.request].flat()
  const order = (url: string) => ({
    status: 201,
    headers: {},
    bytes: new TextEncoder().encode(
      JSON.stringify({ order_id: 'o', sendle_reference: 'S', labels: [{ size: 'a4', url }] }),
    ),
  })
  const next = (url: string) =>
    [steps[1]!(shipment(), { ...ask('sendle'), earlier: [order(url)] })].flat()
  expect(next('http://169.254.169.254/latest/meta-data')).toEqual([])
  // The path is taken, the host never: a call names only hosts that the carrier declares.
  expect(next('https://evil.example/api/orders/o/labels/a4.pdf')).toMatchObject([
    { path: '/api/orders/o/labels/a4.pdf' },
  ])
})
