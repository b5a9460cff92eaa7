/** Reads what every UPS answer has in common: errors, alerts, charges. */
import type { Money } from '../../kit/money.ts'
import type { Charge } from '../contract.ts'
import { bodyJson, succeeded, type HttpResponse } from '../exchange.ts'
import { kindOfStatus, message, type CarrierMessage } from '../message.ts'
import { listAt, moneyAt, textAt } from '../reading.ts'
import { charge_names, errors } from './codes.ts'

/** Errors of one answer; an answer without success and without errors says its status. */
export function upsErrors(response: HttpResponse): CarrierMessage[] {
  const found = listAt(bodyJson(response), 'response.errors').map((error) => {
    const carrier_code = textAt(error, 'code')
    const words = textAt(error, 'message') ?? `UPS answered ${response.status}.`
    const code =
      errors[carrier_code ?? ''] ??
      (succeeded(response) ? 'unknown' : kindOfStatus(response.status))
    return message('ups', code, words, carrier_code === undefined ? {} : { carrier_code })
  })
  if (found.length > 0 || succeeded(response)) return found
  const detail = `UPS answered ${response.status}.`
  return [
    message('ups', kindOfStatus(response.status), detail, {
      carrier_code: String(response.status),
    }),
  ]
}

/** Remarks beside a success. */
export const alerts = (answer: unknown, path: string): CarrierMessage[] =>
  listAt(answer, path).flatMap((alert) => {
    const detail = textAt(alert, 'Description') ?? textAt(alert, 'message')
    const carrier_code = textAt(alert, 'Code') ?? textAt(alert, 'code')
    if (detail === undefined) return []
    const more = { severity: 'warning' as const, ...(carrier_code && { carrier_code }) }
    return [message('ups', 'unknown', detail, more)]
  })

/** Amount and currency side by side, as UPS writes most money. */
export const upsMoney = (value: unknown, path: string, currency?: string): Money | undefined =>
  moneyAt(value, `${path}.MonetaryValue`, textAt(value, `${path}.CurrencyCode`) ?? currency)

const isCharge = (charge: { name: string; amount: Money | undefined }): charge is Charge =>
  charge.amount !== undefined && charge.amount.amount !== 0

/** Base, itemized and tax, from the negotiated side when there is one. */
export function chargesOf(side: unknown, currency: string): Charge[] {
  const itemized = listAt(side, 'ItemizedCharges').map((item) => {
    const code = textAt(item, 'Code') ?? ''
    return { name: charge_names[code] ?? code, amount: upsMoney({ item }, 'item', currency) }
  })
  // Some answers list the same tax twice: once is what is owed.
  const seen = new Set<string>()
  const taxes = listAt(side, 'TaxCharges').flatMap((tax) => {
    const name = textAt(tax, 'Type') ?? 'TAX'
    const amount = upsMoney({ tax }, 'tax', currency)
    const key = `${name} ${amount?.amount}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ name, amount }]
  })
  const base = { name: 'BASE CHARGE', amount: upsMoney(side, 'BaseServiceCharge', currency) }
  return [base, ...itemized, ...taxes].filter(isCharge)
}
