/** Small, suspicious readers for what carriers send: nothing is assumed to be there. */
import { XMLParser } from 'fast-xml-parser'
import { moneyFromDecimal, type Money } from '../kit/money.ts'

/** The value at a dotted path, or undefined. A one-element list is entered by itself. */
export function at(value: unknown, path: string): unknown {
  let here = value
  for (const name of path.split('.')) {
    if (Array.isArray(here)) here = here[0]
    if (typeof here !== 'object' || here === null) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return here
}

/** Text at a path; numbers become text, blank and missing become undefined. */
export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path)
  if (typeof found === 'number' || typeof found === 'bigint') return String(found)
  return typeof found === 'string' && found.trim() !== '' ? found : undefined
}

/** The list at a path: carriers send one thing bare and several in a list. */
export function listAt(value: unknown, path: string): unknown[] {
  const found = at(value, path)
  if (found === undefined || found === null || found === '') return []
  return Array.isArray(found) ? found : [found]
}

export function numberAt(value: unknown, path: string): number | undefined {
  const found = textAt(value, path)
  const number = Number(found)
  return found === undefined || !Number.isFinite(number) ? undefined : number
}

/** Money from an amount and a currency at two paths, or undefined when either is missing. */
export function moneyAt(
  value: unknown,
  amount_path: string,
  currency: string | undefined,
): Money | undefined {
  const amount = textAt(value, amount_path)
  if (amount === undefined || currency === undefined || !/^[A-Z]{3}$/.test(currency))
    return undefined
  return /^-?\d+(\.\d+)?$/.test(amount) ? moneyFromDecimal(amount, currency) : undefined
}

/** An object without its undefined members, so that absent stays absent. */
export function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

/** JSON, or undefined for anything that is not JSON: an HTML page of a gateway is not an answer. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: true,
})

/** XML as plain objects: prefixes removed, attributes as `@name`, all values text. */
export function parseXml(text: string): unknown {
  try {
    return xml.parse(text) as unknown
  } catch {
    return undefined
  }
}
