/** Stock quantities: integers inside, decimal strings on the wire, nothing rounded on the way. */
import { Problem } from './problem.ts'

const shape = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/

/**
 * Reads `"2.5"` at scale 2 as 250. A digit the scale cannot hold is refused, never rounded.
 * @param scale decimal digits of the item's base unit, 0–6
 */
export function parseQuantity(
  input: string | number,
  scale: number,
  pointer = '/quantity',
): number {
  const refuse = (detail: string) =>
    new Problem('invalid_quantity', detail, { errors: [{ pointer, detail }] })
  const match = shape.exec(String(input))
  if (!match) throw refuse(`"${input}" is not a decimal number.`)
  const [, sign, whole, fraction = ''] = match
  const kept = fraction.replace(/0+$/, '')
  if (kept.length > scale) {
    throw refuse(`"${input}" has ${kept.length} decimals; this item is counted with ${scale}.`)
  }
  const value = Number(whole + kept.padEnd(scale, '0'))
  if (!Number.isSafeInteger(value)) throw refuse(`"${input}" is too large.`)
  return sign && value !== 0 ? -value : value
}

/** As `parseQuantity`, and refuses zero and below. */
export function parsePositive(
  input: string | number,
  scale: number,
  pointer = '/quantity',
): number {
  const value = parseQuantity(input, scale, pointer)
  if (value > 0) return value
  const detail = `The quantity must be more than zero, not "${input}".`
  throw new Problem('invalid_quantity', detail, { errors: [{ pointer, detail }] })
}

/** 250 at scale 2 → `"2.5"`. */
export function formatQuantity(value: number, scale: number): string {
  if (scale === 0) return String(value)
  const text = String(Math.abs(value)).padStart(scale + 1, '0')
  const fraction = text.slice(-scale).replace(/0+$/, '')
  return `${value < 0 ? '-' : ''}${text.slice(0, -scale)}${fraction && `.${fraction}`}`
}

/** What is left of `"2.5"` after `"1"`: `"1.5"`. Both are quantities of one item, as on the wire. */
export function subtractQuantity(from: string, taken: string): string {
  const scale = Math.max(...[from, taken].map((text) => text.split('.')[1]?.length ?? 0))
  return formatQuantity(parseQuantity(from, scale) - parseQuantity(taken, scale), scale)
}
