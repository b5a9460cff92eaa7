/** Rate sheets: steps, minimums, surcharges, fuel by date, cost and sale. */
import { describe, expect, test } from 'bun:test'
import type { RateRequest } from '../contract.ts'
import { checkDigit, trackingNumber } from './number.ts'
import { fuelPercent, priceService } from './price.ts'
import type { RateSheet, SheetService } from './rate-sheet.ts'

const service: SheetService = {
  id: 'road',
  name: 'Road',
  transit_days: 3,
  max_weight_g: 40_000,
  dimensional_divisor: 5_000,
  zones: [
    {
      name: 'home',
      countries: ['NL'],
      transit_days: 1,
      steps: [
        { up_to_g: 2_000, price: { cost: 400, sell: 600 } },
        { up_to_g: 10_000, price: { cost: 700, sell: 1_000 } },
      ],
      per_kg: { cost: 50, sell: 80 },
      minimum: { cost: 450, sell: 750 },
    },
    {
      name: 'Bavaria',
      countries: ['DE'],
      states: ['BY'],
      steps: [{ up_to_g: 5_000, price: { cost: 900 } }],
    },
  ],
  surcharges: [
    {
      name: 'Residential',
      price: { cost: 100, sell: 150 },
      per: 'shipment',
      when: { residential: true },
      fuel: true,
    },
    { name: 'Heavy', price: { cost: 300 }, per: 'parcel', when: { over_weight_g: 20_000 } },
    { name: 'Toll', percent: '2.5', per: 'shipment' },
    {
      name: 'Signature',
      price: { cost: 90 },
      per: 'shipment',
      when: { option: 'signature_confirmation' },
    },
  ],
  fuel: [
    { from: '2026-07-01', percent: '10' },
    { from: '2026-12-01', percent: '12.75' },
  ],
}
const sheet: RateSheet = { currency: 'EUR', services: [service] }

function price(more: Partial<RateRequest>, day = '2026-11-21') {
  const request: RateRequest = {
    shipper: { country_code: 'NL' },
    recipient: { country_code: 'NL', postal_code: '1012 AB' },
    parcels: [{ weight_g: 1_000 }],
    ...more,
  }
  const priced = priceService(sheet, service, request, day)
  if (typeof priced === 'string') return priced
  const charges = priced.charges.map(({ name, amount }) => `${name} ${amount.amount}`)
  return {
    total: priced.total.amount,
    cost: priced.cost.amount,
    charges,
    days: priced.transit_days,
  }
}

describe('a rate sheet', () => {
  test('the minimum holds for the shipment, fuel and toll come on top', () => {
    expect(price({})).toEqual({
      total: 844,
      cost: 506,
      charges: ['Base charge 750', 'Toll 19', 'Fuel 10 % 75'],
      days: 1,
    })
  })
  test('a parcel pays the first step it does not exceed, to the gram', () => {
    const base = (weight_g: number) => {
      const priced = price({ parcels: [{ weight_g }] })
      return typeof priced === 'string' ? priced : priced.charges[0]
    }
    expect(base(2_000)).toBe('Base charge 750')
    expect(base(2_001)).toBe('Base charge 1000')
    expect(base(10_000)).toBe('Base charge 1000')
    expect(base(10_001)).toBe('Base charge 1080')
    expect(base(12_500)).toBe('Base charge 1240')
  })
  test('two parcels are priced one by one', () => {
    const priced = price({ parcels: [{ weight_g: 2_500 }, { weight_g: 2_500 }] })
    expect(priced).toMatchObject({ charges: ['Base charge 2000', 'Toll 50', 'Fuel 10 % 200'] })
  })
  test('surcharges apply where their conditions hold, fuel only where it is due', () => {
    const priced = price({
      recipient: { country_code: 'NL', residential: true },
      parcels: [{ weight_g: 25_000 }, { weight_g: 1_000 }],
      options: { signature_confirmation: true },
    })
    expect(priced).toMatchObject({
      charges: [
        'Base charge 2800',
        'Residential 150',
        'Heavy 300',
        'Toll 70',
        'Signature 90',
        'Fuel 10 % 295',
      ],
    })
  })
  test('fuel follows the date', () => {
    expect(fuelPercent(service.fuel, '2026-06-30')).toBe('0')
    expect(fuelPercent(service.fuel, '2026-07-01')).toBe('10')
    expect(fuelPercent(service.fuel, '2026-11-30')).toBe('10')
    expect(fuelPercent(service.fuel, '2026-12-01')).toBe('12.75')
    expect(fuelPercent(undefined, '2026-12-01')).toBe('0')
  })
  test('where there is no price it says why', () => {
    expect(price({ recipient: { country_code: 'DE', state_code: 'BE' } })).toBe(
      'Road does not go there.',
    )
    expect(
      price({
        recipient: { country_code: 'DE', state_code: 'BY' },
        parcels: [{ weight_g: 5_001 }],
      }),
    ).toBe('Road has no price for this weight.')
    expect(price({ parcels: [{ weight_g: 41_000 }] })).toBe('Road takes parcels of up to 40000 g.')
  })
})

describe('tracking numbers', () => {
  test('the same purchase has the same numbers, another has others', () => {
    const number = (id: string, reference: string, index: number) =>
      trackingNumber('HC', id, reference, index)
    expect(number('con_1', 'shp_1', 0)).toBe(number('con_1', 'shp_1', 0))
    const all = ['con_1', 'con_2'].flatMap((id) =>
      ['shp_1', 'shp_2'].flatMap((reference) => [0, 1, 98].map((i) => number(id, reference, i))),
    )
    expect(new Set(all).size).toBe(12)
    for (const one of all) expect(one).toMatch(/^HC\d{14}$/)
  })
  test('the check digit is that of GS1', () => {
    // GTIN-13 4006381333931 of the GS1 General Specifications' kind.
    expect(checkDigit('400638133393')).toBe(1)
  })
})
