/** What the fields of a plan's form mean: text becomes numbers where the operation wants them. */
import { minorDigits, moneyFromDecimal } from '../kit/money.ts'
import { limit_names, meter_names } from '../kit/terms.ts'
import { given, group, type Fields } from '../operations/page.ts'
import { rate_levels } from './schema.ts'

export const offerOf = (fields: Fields) => ({
  name: given(fields, 'name') ?? '',
  summary: given(fields, 'summary') ?? '',
  family: given(fields, 'family') ?? '',
  position: given(fields, 'position'),
  interval: given(fields, 'interval'),
  trial_days: given(fields, 'trial_days'),
  is_public: fields.has('is_public'),
  is_self_service: fields.has('is_self_service'),
  price: priceIn(fields),
  entitlements: entitlementsIn(fields),
})

const is_decimal = /^\d{1,9}(\.\d{1,3})?$/

/** A text that is no amount goes on as it is: the operation says what is wrong with it. */
function priceIn(fields: Fields) {
  const amount = given(fields, 'price.amount')
  if (amount === undefined) return null
  const currency = (given(fields, 'price.currency') ?? '').toUpperCase()
  if (!is_decimal.test(amount) || !/^[A-Z]{3}$/.test(currency)) return { amount, currency }
  const digits = amount.split('.')[1]?.length ?? 0
  if (digits > minorDigits(currency)) return { amount, currency }
  return moneyFromDecimal(amount, currency)
}

const entitlementsIn = (fields: Fields) => ({
  features: fields.getAll('features'),
  limits: named(limit_names, (limit) => given(fields, `entitlements.limits.${limit}`)),
  quotas: named(meter_names, (meter) => {
    const name = `entitlements.quotas.${meter}`
    const included = given(fields, `${name}.included`)
    return included && { included, hard: fields.has(`${name}.hard`) }
  }),
  overage: named(meter_names, (meter) => group(fields, `entitlements.overage.${meter}`)),
  rates: named(rate_levels, (level) => group(fields, `entitlements.rates.${level}`)),
  highlights: (given(fields, 'highlights') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
})

/** Those for which something was typed. */
const named = <N extends string>(names: readonly N[], valueOf: (name: N) => unknown) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = valueOf(name)
      return value ? [[name, value]] : []
    }),
  )
