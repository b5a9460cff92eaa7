/** What domains need done by the clock: proofs are looked for every day, quarantines end. */
import { hour_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import type { RunContext, Schedule } from '../schedule/schedule.ts'
import { deleteReleasedBefore, findDomain, listToCheck, type DomainRow } from './store.ts'
import { hearNothing, lookForProof, miss, prove } from './verify.ts'

const scope = systemScope('domains')
/** A domain that was looked at so lately is not looked at again. */
const fresh_ms = 20 * hour_ms
/** Asked at once; the DNS of one does not wait for that of another. */
const page = 20

export const verifyDomains: Schedule = {
  name: 'verify_domains',
  summary: 'Looks every day whether the proofs of verified domains are still there.',
  cron: '20 4 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    const { data, signal } = context
    const counts = { proven: 0, missing: 0 }
    const silent: Silent[] = []
    const begun_ms = data.clock.now()
    const seen = new Set<string>()
    for (;;) {
      const before = timestamp(begun_ms - fresh_ms)
      const rows = data.platform
        .read(scope, (read) => listToCheck(read, before, page + seen.size))
        .filter(({ id }) => !seen.has(id))
      if (rows.length === 0 || signal.aborted) break
      for (const { id } of rows) seen.add(id)
      for (const result of await Promise.all(rows.map((row) => check(context, row)))) {
        if (typeof result === 'string') counts[result] += 1
        else silent.push(result)
      }
    }
    // When nobody at all answers, it is our own resolver that is broken, and no fault of any domain.
    if (counts.proven + counts.missing > 0) {
      for (const { id, error } of silent) {
        await changeVerified(data, id, (tx, row) => hearNothing(tx, row, error))
      }
    }
    await data.platform.write(scope, (tx) => deleteReleasedBefore(tx, tx.now))
    return { ...counts, unanswered: silent.length }
  },
}

type Result = 'proven' | 'missing' | Silent

/** A domain about which the DNS said nothing. */
interface Silent {
  id: string
  error: string
}

async function check({ data, services }: RunContext, row: DomainRow): Promise<Result> {
  const { found, error, unanswered } = await lookForProof(services, row)
  if (unanswered) return { id: row.id, error }
  await changeVerified(data, row.id, (tx, now) => (found ? prove(tx, now) : miss(tx, now, error)))
  return found ? 'proven' : 'missing'
}

const changeVerified = (
  data: RunContext['data'],
  id: string,
  change: (tx: Write, row: DomainRow) => unknown,
): Promise<void> =>
  data.platform.write(scope, (tx) => {
    const now = findDomain(tx, id)
    if (now?.state === 'verified') change(tx, now)
  })

export const schedules: readonly Schedule[] = [verifyDomains]
