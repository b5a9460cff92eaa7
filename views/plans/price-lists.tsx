/** Plans side by side: each list with its prices and what they include. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { Entitlements, PlanHead } from '../../src/plans/schema.ts'
import { Card } from '../ui/layout.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { aspectsOf, listName, priceText, type Aspect } from './words.tsx'

/** A plan in a column. */
export interface Compared extends Pick<PlanHead, 'code' | 'name' | 'price' | 'interval'> {
  family: string
  position: number
  entitlements: Entitlements
}

interface Line {
  label: string
  cell: (index: number) => Child
}

interface PriceListsProps<P extends Compared> {
  plans: readonly P[]
  /** What stands in the head of a column. */
  head: (plan: P) => string
  /** The lowest line: what can be done with a plan. */
  foot: (plan: P) => Child
}

export function PriceLists<P extends Compared>({ plans, head, foot }: PriceListsProps<P>): Html {
  const families = [...new Set(plans.map(({ family }) => family))]
  return (
    <>
      {families.map((family) => {
        const list = plans
          .filter((plan) => plan.family === family)
          .sort((a, b) => a.position - b.position)
        return (
          <Card title={listName(family)} flush>
            <Table rows={linesOf(list, foot)} columns={columnsOf(list, head)} empty={<></>} />
          </Card>
        )
      })}
    </>
  )
}

function columnsOf<P extends Compared>(
  list: readonly P[],
  head: (plan: P) => string,
): Column<Line>[] {
  return [
    { title: '', cell: ({ label }) => <strong>{label}</strong> },
    ...list.map((plan, index) => ({
      title: head(plan),
      cell: ({ cell }: Line) => cell(index),
    })),
  ]
}

function linesOf<P extends Compared>(list: readonly P[], foot: (plan: P) => Child): Line[] {
  const of = ({ label, of: text }: Aspect): Line => ({
    label,
    cell: (index) => text(list[index]!.entitlements, list[index]!.price?.currency ?? 'USD'),
  })
  return [
    {
      label: 'Price',
      cell: (index) => <strong>{priceText(list[index]!.price, list[index]!.interval)}</strong>,
    },
    ...aspectsOf(list.map(({ entitlements }) => entitlements)).map(of),
    { label: '', cell: (index) => foot(list[index]!) },
  ]
}
