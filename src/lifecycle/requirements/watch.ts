/** Looks after what is open of one business: sees what is done, reminds, and says when time is over. */
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { getTenant } from '../../tenants/read.ts'
import type { Tenant } from '../../tenants/schema.ts'
import { requirementDueSoon, requirementPastDue } from '../events.ts'
import { daysUntil, reminderDue, tellOfRequirement } from '../letters.ts'
import { settleStanding } from '../standing.ts'
import { toRequirement } from './read.ts'
import { isSeenDone } from './seen.ts'
import { meetRequirement } from './settle.ts'
import { openRequirementsOf, setTold, type RequirementRow } from './store.ts'

const reminders = [7, 1, 0]
const scope = systemScope('lifecycle')

export interface Watched {
  met: number
  reminded: number
}

/** A business that is suspended, closing or gone is asked for nothing. */
export async function watchRequirements(data: DataFolder, tenant_id: string): Promise<Watched> {
  const open = data.platform.read(scope, (read) => openRequirementsOf(read, tenant_id))
  if (open.length === 0) return { met: 0, reminded: 0 }
  const codes = open.filter(({ met_by }) => met_by === 'automatic').map(({ code }) => code)
  const inside = systemScope('lifecycle', '', tenant_id)
  const seen =
    codes.length === 0
      ? []
      : data.tenants
          .at(tenant_id)
          .read(inside, (read) => codes.filter((code) => isSeenDone(read, code)))
  return data.platform.write(scope, (tx) => watch(tx, tenant_id, seen))
}

function watch(tx: Write, tenant_id: string, seen: readonly string[]): Watched {
  const watched: Watched = { met: 0, reminded: 0 }
  const tenant = getTenant(tx, { id: tenant_id })
  if (!['onboarding', 'active', 'restricted'].includes(tenant.status)) return watched
  for (const row of openRequirementsOf(tx, tenant_id)) {
    if (seen.includes(row.code)) {
      meetRequirement(tx, { id: row.id, note: 'Seen by itself.' })
      watched.met += 1
    } else if (remind(tx, tenant, row)) watched.reminded += 1
  }
  if (watched.met + watched.reminded > 0) settleStanding(tx, tenant_id)
  return watched
}

function remind(tx: Write, tenant: Tenant, row: RequirementRow): boolean {
  const { id, due_at, told_days } = row
  const days = due_at && reminderDue(daysUntil(tx, due_at), told_days, reminders)
  if (typeof days !== 'number') return false
  const requirement = toRequirement(tx, row)
  setTold(tx, id, days)
  tellOfRequirement(tx, tenant, requirement)
  emit(
    tx,
    requirement.due === 'past_due' ? requirementPastDue : requirementDueSoon,
    id,
    requirement,
  )
  return true
}
