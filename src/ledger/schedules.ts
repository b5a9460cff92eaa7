/** What the ledger needs done by the clock: its proofs, and the end of reservations. */
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { checkHeads } from './heads/check.ts'
import { keepHead } from './heads/keep.ts'
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

/** Of one business, stretch by stretch; nothing new costs a look, not a write. */
async function proveNew(file: TenantFile): Promise<number> {
  const scope = systemScope('proof', '', file.tenant_id)
  let postings = 0
  while (file.read(scope, hasNewPostings)) {
    const report = await file.write(scope, (tx) => proveIncremental(tx))
    postings += report.postings
    requireHolds(report)
  }
  return postings
}

/** Who posts has his file open: looking into those every minute costs next to nothing. */
export const proveOpenLedgers: Schedule = {
  name: 'prove_open_ledgers',
  summary: 'Compares what was posted in the last minute with the levels, where anything was.',
  cron: '* * * * *',
  timezone: 'UTC',
  catch_up: 'skip',
  async run({ data }) {
    let postings = 0
    for (const tenant_id of data.tenants.openIds())
      postings += await proveNew(data.tenants.at(tenant_id))
    return { postings }
  },
}

export const signLedgerHeads: Schedule = {
  name: 'sign_ledger_heads',
  summary: 'Signs the head of every ledger and keeps it outside the tenant’s own file.',
  cron: '30 2 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, services, eachTenant }) {
    let signed = 0
    await eachTenant(async ({ tenant_id }) => {
      const { broken } = checkHeads(data, services.master_key, tenant_id)
      if (broken) throw new Error(`The ledger lost its signed head ${broken.seq}: ${broken.reason}`)
      if (await keepHead(data, services.master_key, tenant_id)) signed += 1
    })
    return { signed }
  },
}

export const proveNewPostings: Schedule = {
  name: 'prove_new_postings',
  summary: 'Compares what was posted since the last proof with the levels of every business.',
  cron: '50 * * * *',
  timezone: 'UTC',
  catch_up: 'skip',
  async run({ eachTenant }) {
    let postings = 0
    await eachTenant(async (file) => {
      postings += await proveNew(file)
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
  proveOpenLedgers,
  proveNewPostings,
  proveWholeLedgers,
  signLedgerHeads,
  endOverdueReservations,
]
