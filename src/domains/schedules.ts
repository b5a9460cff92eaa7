/** What domains need done by the clock: proofs are looked for every day, quarantines end. */
import { hour_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { RunContext, Schedule } from '../schedule/schedule.ts'
import { deleteReleasedBefore, findDomain, listToCheck, type DomainRow } from './store.ts'
import { lookForProof, miss, prove } from './verify.ts'

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
    const counts = { proven: 0, missing: 0, unanswered: 0 }
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
        counts[result] += 1
      }
    }
    await data.platform.write(scope, (tx) => deleteReleasedBefore(tx, tx.now))
    return counts
  },
}

type Result = 'proven' | 'missing' | 'unanswered'

/** What the DNS does not answer today is asked tomorrow: that is no fault of the domain. */
async function check({ data, services }: RunContext, row: DomainRow): Promise<Result> {
  const { found, error, unanswered } = await lookForProof(services, row)
  if (unanswered) return 'unanswered'
  await data.platform.write(scope, (tx) => {
    const now = findDomain(tx, row.id)
    if (now?.state !== 'verified') return
    if (found) prove(tx, now)
    else miss(tx, now, error)
  })
  return found ? 'proven' : 'missing'
}

export const schedules: readonly Schedule[] = [verifyDomains]
