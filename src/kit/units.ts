/** Weights in grams and lengths in millimetres inside; other units only at the edge. */
import Big from 'big.js'
import { invalid } from './problem.ts'

export const weight_units = { g: '1', kg: '1000', oz: '28.349523125', lb: '453.59237' } as const
export const length_units = { mm: '1', cm: '10', m: '1000', in: '25.4', ft: '304.8' } as const

export type WeightUnit = keyof typeof weight_units
export type LengthUnit = keyof typeof length_units

const toWhole = (value: string | number, factor: string, pointer: string): number => {
  const whole = new Big(value).times(factor).round(0, Big.roundUp).toNumber()
  if (whole < 0) throw invalid(pointer, 'A weight or size cannot be negative.')
  return whole
}

/** To grams, rounded **up**: a carrier never accepts a parcel that is heavier than declared. */
export const toGrams = (value: string | number, unit: WeightUnit, pointer = '/weight'): number =>
  toWhole(value, weight_units[unit], pointer)

/** To millimetres, rounded up: a box never gets smaller by conversion. */
export const toMillimetres = (
  value: string | number,
  unit: LengthUnit,
  pointer = '/length',
): number => toWhole(value, length_units[unit], pointer)

/** Grams in `unit`, rounded up at `decimals`. */
export const fromGrams = (weight_g: number, unit: WeightUnit, decimals = 2): number =>
  new Big(weight_g).div(weight_units[unit]).round(decimals, Big.roundUp).toNumber()

/** Millimetres in `unit`, rounded up at `decimals`. */
export const fromMillimetres = (length_mm: number, unit: LengthUnit, decimals = 1): number =>
  new Big(length_mm).div(length_units[unit]).round(decimals, Big.roundUp).toNumber()
