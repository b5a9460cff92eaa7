/** What sandboxes and branches need done by the clock. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { parentOf, removeSibling } from './remove.ts'
import { deleteHandOversBefore, listExpired } from './store.ts'

const scope = systemScope('branches')
const at_once = 50
/** A way back needs its way here; no session lives longer. */
const keep_ways_ms = 100 * day_ms

export const removeExpiredSiblings: Schedule = {
  name: 'remove_expired_siblings',
  summary: 'Removes sandboxes and branches whose time is over.',
  cron: '*/10 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, services, log, signal }) {
    const facts = { removed: 0, failed: 0 }
    for (const id of data.platform.read(scope, (read) => listExpired(read, at_once))) {
      if (signal.aborted) break
      const remover = { data, services, scope }
      const here = parentOf(remover, id)
      if (!here) continue
      try {
        await removeSibling(remover, here, id)
        facts.removed += 1
      } catch (error) {
        // The others have their turn; this one comes again.
        log.error({ err: error, tenant_id: id }, 'a sandbox or branch could not be removed')
        facts.failed += 1
      }
    }
    await data.platform.write(scope, (tx) => {
      deleteHandOversBefore(tx, timestamp(tx.now_ms - keep_ways_ms))
    })
    return facts
  },
}

export const schedules: readonly Schedule[] = [removeExpiredSiblings]
