/** Says what the ledger refuses in the item's own units, and names the caller's line. */
import { getItem } from '../catalog/read.ts'
import type { Read } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'

/** Facts in which the ledger tells integers at the item's scale. */
const quantities = [
  'on_hand',
  'reserved',
  'promised',
  'floor',
  'available',
  'requested',
  'shortfall',
  'expected',
  'current',
]

/**
 * Runs work that posts or reserves. The ledger knows goods by id and integers; whoever asked knows
 * skus and decimals, and lines where the ledger has movements.
 */
export function inUnits<T>(read: Read, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof Problem && typeof error.facts.item_id === 'string'
      ? reword(read, error, error.facts.item_id)
      : error
  }
}

function reword(read: Read, { code, detail, facts, headers }: Problem, item_id: string): Problem {
  const { sku, scale } = getItem(read, { id: item_id })
  const told: Problem['facts'] = { ...facts, sku }
  for (const name of quantities) {
    const value = told[name]
    if (typeof value === 'number') told[name] = formatQuantity(value, scale)
  }
  const words =
    told.requested === undefined
      ? told.current === undefined
        ? detail
        : `${sku}: expected ${told.expected}, but there are ${told.current}.`
      : `${sku}: ${told.requested} are asked for, ${told.available} are available.`
  if (facts.errors) {
    told.errors = facts.errors.map(({ pointer }) => {
      return {
        pointer: pointer.replace(/^\/(movements|expect)\/(\d+).*/, '/lines/$2'),
        detail: words,
      }
    })
  }
  return new Problem(code, words, told, headers)
}
