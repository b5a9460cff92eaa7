/** Compares what reaches a carrier with what was recorded, field by field. */
import type { Deviation } from '../contract.ts'

export interface Difference {
  path: string
  expected: unknown
  got: unknown
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isNumeric = (value: unknown): boolean =>
  (typeof value === 'number' || typeof value === 'string') && /^-?\d+(\.\d+)?$/.test(String(value))

/** Numbers by value: `"3.0"` is 3. Text as it is. */
function same(expected: unknown, got: unknown): boolean {
  if (isNumeric(expected) && isNumeric(got)) return Number(expected) === Number(got)
  return String(expected) === String(got)
}

/** Every field that was recorded and is not ours; what we send beyond it is our own affair. */
export function differences(expected: unknown, got: unknown, path = ''): Difference[] {
  const below = (name: string) => (path === '' ? name : `${path}.${name}`)
  if (expected === null || expected === undefined) return []
  if (Array.isArray(expected)) {
    const list = Array.isArray(got) ? got : got === undefined ? [] : [got]
    return expected.flatMap((one, index) => differences(one, list[index], below(String(index))))
  }
  if (isObject(expected)) {
    const object = Array.isArray(got) && got.length === 1 ? (got[0] as unknown) : got
    if (Object.keys(expected).length === 0) return []
    if (!isObject(object)) {
      return Object.keys(expected).flatMap((name) =>
        differences(expected[name], undefined, below(name)),
      )
    }
    return Object.keys(expected).flatMap((name) =>
      differences(expected[name], object[name], below(name)),
    )
  }
  const one = Array.isArray(got) && got.length === 1 ? (got[0] as unknown) : got
  return same(expected, one) ? [] : [{ path, expected, got: one }]
}

/** Whether a declared deviation covers this path. */
export function covers({ path: pattern }: Deviation, path: string): boolean {
  const source = pattern
    .split('.')
    .map((step) => (step === '**' ? '(?:[^.]+\\.)*' : step === '*' ? '[^.]+\\.' : `${step}\\.`))
    .join('')
  return new RegExp(`^${source}$`).test(`${path}.`)
}
