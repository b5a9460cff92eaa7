/** What a proof says: how far it went, and everything that does not agree. Nothing is repaired. */

/** `chain`: hashes and gaps; `replay`: movements against levels; `balance`: sums that are not zero;
 *  `reservations`: open ones against what is held; `period`: frozen levels. */
export type Check = 'chain' | 'replay' | 'balance' | 'reservations' | 'period'

export interface Difference {
  check: Check
  detail: string
  /** Which posting, level, reservation or period; `expected` and `found`. */
  facts: Record<string, string | number>
}

export interface ProofReport {
  scope: 'incremental' | 'whole'
  /** True when everything agrees. */
  holds: boolean
  /** Proven after this seq … */
  from_seq: number
  /** … up to and with this one. */
  through_seq: number
  /** Of the posting with `through_seq`, as it was computed. */
  head_hash: string
  postings: number
  movements: number
  levels: number
  reservations: number
  /** All of them are counted, the first hundred are told. */
  difference_count: number
  differences: Difference[]
}

const told_limit = 100

export class Findings {
  count = 0
  readonly told: Difference[] = []

  add(check: Check, detail: string, facts: Record<string, string | number>): void {
    this.count += 1
    if (this.told.length < told_limit) this.told.push({ check, detail, facts })
  }

  compare(
    check: Check,
    detail: string,
    expected: number,
    found: number,
    facts: Record<string, string | number>,
  ): void {
    if (expected !== found) this.add(check, detail, { ...facts, expected, found })
  }
}
