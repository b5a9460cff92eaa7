/** What the ledger needs done by the clock: its proofs, and the end of reservations. */
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { keepProof, provenSeq } from './proof/keep.ts'
import { proveIncremental } from './proof/prove-incremental.ts'
import { proveWhole } from './proof/prove-whole.ts'
import type { ProofReport } from './proof/report.ts'
import { sweepReservations } from './reservations/expire.ts'
import { findHead } from './store.ts'

/** A ledger that does not agree is a failure of the run, and so it is seen. */
function requireHolds({ holds, difference_count, differences }: ProofReport): void {
  if (holds) return
  const [first] = differences
  throw new Error(`The ledger does not agree, differences: ${difference_count}. ${first?.detail}`)
}

const hasNewPostings = (read: Read): boolean => (findHead(read)?.seq ?? 0) !== provenSeq(read)

export const proveNewPostings: Schedule = {
  name: 'prove_new_postings',
  summary: 'Compares what was posted since the last proof with the levels of every business.',
  cron: '50 * * * *',
  timezone: 'UTC',
  catch_up: 'skip',
  async run({ eachTenant }) {
    let postings = 0
    await eachTenant(async (file) => {
      const scope = systemScope('proof', '', file.tenant_id)
      // Nothing new costs a look, not a write.
      while (file.read(scope, hasNewPostings)) {
        const report = await file.write(scope, (tx) => proveIncremental(tx))
        postings += report.postings
        requireHolds(report)
      }
    })
    return { postings }
  },
}

export const proveWholeLedgers: Schedule = {
  name: 'prove_whole_ledgers',
  summary: 'Replays every ledger from its first posting and keeps the report.',
  cron: '0 2 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, eachTenant }) {
    let postings = 0
    await eachTenant(async (file) => {
      const report = await proveWhole(data.tenants.open(file.tenant_id))
      const scope = systemScope('proof', '', file.tenant_id)
      await file.write(scope, (tx) => keepProof(tx, report))
      postings += report.postings
      requireHolds(report)
    })
    return { postings }
  },
}

const batch = 500

export const endOverdueReservations: Schedule = {
  name: 'end_overdue_reservations',
  summary: 'Frees goods whose reservation has run out; a command that needs them does not wait.',
  cron: '5 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ eachTenant }) {
    let ended = 0
    await eachTenant(async (file) => {
      const scope = systemScope('reservations', '', file.tenant_id)
      for (;;) {
        const went = await file.write(scope, (tx) => sweepReservations(tx, batch).length)
        ended += went
        if (went < batch) return
      }
    })
    return { ended }
  },
}

export const schedules: readonly Schedule[] = [
  proveNewPostings,
  proveWholeLedgers,
  endOverdueReservations,
]
