/** What the neighbourhood's own courier asks: a price list instead of an API. */
import type { RateSheet } from '../../carriers/generic/rate-sheet.ts'

export const wharf_courier: RateSheet = {
  currency: 'USD',
  services: [
    {
      id: 'van',
      name: 'Wharf Courier, by van',
      transit_days: 1,
      max_weight_g: 30_000,
      zones: [
        {
          name: 'Maine and New Hampshire',
          countries: ['US'],
          states: ['ME', 'NH'],
          steps: [
            { up_to_g: 2_000, price: { cost: 520, sell: 690 } },
            { up_to_g: 10_000, price: { cost: 780, sell: 990 } },
          ],
          per_kg: { cost: 60, sell: 85 },
        },
        {
          name: 'New England',
          countries: ['US'],
          states: ['MA', 'RI', 'CT', 'VT'],
          transit_days: 2,
          steps: [
            { up_to_g: 2_000, price: { cost: 690, sell: 890 } },
            { up_to_g: 10_000, price: { cost: 1_120, sell: 1_390 } },
          ],
          per_kg: { cost: 75, sell: 95 },
        },
      ],
      surcharges: [
        {
          name: 'Long goods',
          price: { cost: 450 },
          per: 'parcel',
          when: { over_length_mm: 1_000 },
        },
      ],
      fuel: [{ from: '2020-01-01', percent: '6.5' }],
    },
  ],
}
