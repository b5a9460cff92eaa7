/** The carriers: one line each. */
import { Problem } from '../kit/problem.ts'
import type { Carrier } from './contract.ts'
import { generic } from './generic/carrier.ts'
import { sendle } from './sendle/carrier.ts'
import { ups } from './ups/carrier.ts'

export const carriers: readonly Carrier[] = [generic, sendle, ups]

/** @throws Problem `unknown_carrier` */
export function getCarrier(id: string): Carrier {
  const found = carriers.find((carrier) => carrier.id === id)
  if (found) return found
  throw new Problem('unknown_carrier', `There is no carrier "${id}".`, { carrier_id: id })
}
