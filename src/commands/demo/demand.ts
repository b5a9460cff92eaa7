/** How much is asked for: the calendar of a shop that lives from winter and from gifts. */
import { catalogue, demandIn, type Goods } from './goods.ts'

/** January first. */
const busy = [0.75, 0.85, 0.9, 1, 1.05, 0.9, 0.8, 0.85, 1, 1.15, 1.4, 1.8]
const orders_a_day = 3.9
/** A café comes twice as often as a household, and there are some ten times as many of those. */
const share_of_cafes = 0.15

/** How many of 100 orders have one line, two, three, four. */
export const lines_of_100 = [0, 46, 30, 16, 8]
/** How many of 100 lines of a household are of one unit, two, three, four. */
export const units_of_100 = [0, 58, 30, 4, 8]
export const cafe_units = [4, 6, 6, 8, 12]

const mean = (counts: readonly number[]): number =>
  counts.reduce((sum, count, number) => sum + count * number, 0) / 100
const cafe_mean = cafe_units.reduce((sum, units) => sum + units, 0) / cafe_units.length

/** Cups, filters, tea: what a café wears out and drinks. */
export const fitsCafe = ({ weight_g, price, tracking }: Goods): boolean =>
  weight_g < 600 && price < 3_500 && tracking !== 'serial'

/** Large things are bought one at a time. */
export const isSingle = ({ tracking, price }: Goods): boolean =>
  tracking === 'serial' || price > 5_000

/** On average; Sundays are quiet. */
export const ordersOn = (date: Date): number =>
  orders_a_day * busy[date.getUTCMonth()]! * (date.getUTCDay() === 0 ? 0.5 : 1.08)

/** Units a week. @param month 0 is January */
export function weeklyDemand(goods: Goods, month: number): number {
  const lines = orders_a_day * 7 * busy[month]! * mean(lines_of_100)
  const share = (among: readonly Goods[]) =>
    demandIn(goods, month) / among.reduce((sum, each) => sum + demandIn(each, month), 0)
  const at_home = share(catalogue) * (isSingle(goods) ? 1 : mean(units_of_100))
  const in_cafes = fitsCafe(goods) ? share(catalogue.filter(fitsCafe)) * cafe_mean : 0
  return lines * ((1 - share_of_cafes) * at_home + share_of_cafes * in_cafes)
}
