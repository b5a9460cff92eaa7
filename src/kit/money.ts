/** Money is an integer of minor units and its currency; currencies never mix silently. */
import Big from 'big.js'
import { Problem } from './problem.ts'

export interface Money {
  /** Minor units: 1299 is 12.99 USD and 1,299 JPY. */
  amount: number
  /** ISO 4217. */
  currency: string
}

const digits = new Map<string, number>()

/** Decimal digits of a currency (USD 2, JPY 0, KWD 3), from the runtime's own ISO 4217 tables. */
export function minorDigits(currency: string): number {
  let known = digits.get(currency)
  if (known === undefined) {
    if (!/^[A-Z]{3}$/.test(currency)) {
      throw new Problem('invalid_money', `"${currency}" is not an ISO 4217 currency code.`)
    }
    known = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
      .maximumFractionDigits as number
    digits.set(currency, known)
  }
  return known
}

export const money = (amount: number, currency: string): Money => {
  if (!Number.isSafeInteger(amount)) {
    throw new Problem('invalid_money', `${amount} is not a whole number of minor units.`)
  }
  return { amount, currency }
}

export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new Problem('invalid_money', `${a.currency} and ${b.currency} cannot be added.`)
  }
  return money(a.amount + b.amount, a.currency)
}

/** Multiplies by an exact decimal and rounds half to even, as invoices do. */
export function multiplyMoney(by: string | number, value: Money): Money {
  const amount = new Big(value.amount).times(by).round(0, Big.roundHalfEven)
  return money(amount.toNumber(), value.currency)
}

/** Reads a decimal amount such as a carrier's `"12.30"`; half-even when it has too many digits. */
export function moneyFromDecimal(decimal: string | number, currency: string): Money {
  const scaled = new Big(decimal).times(new Big(10).pow(minorDigits(currency)))
  return money(scaled.round(0, Big.roundHalfEven).toNumber(), currency)
}

/** `{ 1299, USD }` → `"12.99"`. */
export const moneyToDecimal = ({ amount, currency }: Money): string => {
  const places = minorDigits(currency)
  return new Big(amount).div(new Big(10).pow(places)).toFixed(places)
}

/** For people: `$12.99`. */
export const formatMoney = (value: Money, locale = 'en-US'): string =>
  new Intl.NumberFormat(locale, { style: 'currency', currency: value.currency }).format(
    Number(moneyToDecimal(value)),
  )
