/** Follows the chain: each posting after the one before, with the hash that its contents have. */
import { hashPosting } from '../chain.ts'
import type { Read } from '../../db/session.ts'
import type { Findings } from './report.ts'
import { movementsBetween, postingsAfter, type ChainRow, type ProvenMovement } from './store.ts'

export interface ProvenPosting {
  posting: ChainRow
  movements: ProvenMovement[]
}

export class ChainCheck {
  postings = 0
  movements = 0

  constructor(
    private readonly findings: Findings,
    /** The seq and hash that were proven before. */
    public seq: number,
    public hash: Uint8Array,
  ) {}

  /** The next postings with their movements, checked; none when the head was reached. */
  next(read: Read, limit: number): ProvenPosting[] {
    const postings = postingsAfter(read, this.seq, limit)
    const last = postings.at(-1)
    if (!last) return []
    const lines = movementsBetween(read, this.seq, last.seq)
    let at = 0
    return postings.map((posting) => {
      const first = at
      while (at < lines.length && lines[at]!.posting_seq <= posting.seq) at += 1
      const movements = lines.slice(first, at)
      this.#check(posting, movements)
      return { posting, movements }
    })
  }

  #check(posting: ChainRow, movements: ProvenMovement[]): void {
    const { seq } = posting
    const { findings } = this
    if (seq !== this.seq + 1) {
      findings.compare('chain', 'Postings are missing.', this.seq + 1, seq, { seq })
    } else if (!same(posting.previous_hash, this.hash)) {
      findings.add('chain', 'It does not follow the posting before.', { seq })
    }
    const count = posting.movement_count
    findings.compare('chain', 'Movements were added or lost.', count, movements.length, { seq })
    const { organization_id, previous_hash } = posting
    const hash = hashPosting(previous_hash, organization_id, posting, movements)
    if (!same(hash, posting.hash)) findings.add('chain', 'The posting was changed.', { seq })
    this.seq = seq
    this.hash = posting.hash
    this.postings += 1
    this.movements += movements.length
  }
}

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0
