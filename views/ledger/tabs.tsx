/** The pages about the ledger, side by side. */
import type { Html } from '../../src/kit/html.ts'
import { Tabs } from '../ui/layout.tsx'

const pages = [
  ['Proof', '/ledger'],
  ['Postings', '/ledger/postings'],
  ['Reasons', '/ledger/reasons'],
  ['Closed periods', '/ledger/periods'],
] as const

export const LedgerTabs = ({ current }: { current: (typeof pages)[number][1] }): Html => (
  <Tabs tabs={pages} current={current} />
)
