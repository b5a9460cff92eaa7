/** Gives each parcel of a purchase its number, the same one however often it is asked for. */
import { sha256Hex } from '../../kit/secrets.ts'

/** Check digit of GS1 (General Specifications §7.9): weights 3 and 1 from the right. */
export function checkDigit(digits: string): number {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0)
  return (10 - (sum % 10)) % 10
}

/**
 * Prefix, eleven digits that follow from connection and reference, two of the parcel (01, 02 …)
 * and a check digit: `STW4810395522701` + `3`.
 */
export function trackingNumber(
  prefix: string,
  connection_id: string,
  reference: string,
  parcel_index: number,
): string {
  const hash = BigInt(`0x${sha256Hex(`${connection_id}\n${reference}`)}`)
  const root = (hash % 100_000_000_000n).toString().padStart(11, '0')
  const digits = root + String(parcel_index + 1).padStart(2, '0')
  return `${prefix}${digits}${checkDigit(digits)}`
}
