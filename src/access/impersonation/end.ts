/** Ends the view through a member's eyes: by the one who looks, by the business, or for all at once. */
import { notFound } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import type { Caller } from '../../operations/page.ts'
import type { Outward } from '../../operations/outward.ts'
import { originOf } from '../origin.ts'
import { deleteImpersonatedSessions } from '../session-store.ts'
import { noteOf } from '../sign-in.ts'
import { supportEnded } from './events.ts'
import { closeOwnRecord } from './platform-store.ts'
import { toSupportVisit } from './read.ts'
import type { SupportVisit } from './schema.ts'
import { closeVisit, findVisit, openVisits } from './store.ts'

/**
 * The business ends it at once. One that is over already stays as it is.
 * @throws Problem `not_found`
 */
export async function endSupportVisit(
  outward: Outward,
  { id }: { id: string },
): Promise<SupportVisit> {
  const visit = await outward.write((tx) => {
    if (!findVisit(tx, id)) throw notFound('impersonation', id)
    endVisit(tx, id)
    return toSupportVisit(findVisit(tx, id)!, tx.now)
  })
  const { scope, data } = outward
  await data.platform.write({ ...scope, tenant_id: '', organization_id: '' }, (tx) => {
    closeOwnRecord(tx, id)
  })
  return visit
}

/** When support is forbidden, whoever looks in at this moment is shown out. */
export function endAllImpersonations(tx: Write): void {
  for (const { id } of openVisits(tx)) endVisit(tx, id)
}

/** The one who looks ends it; written down in both files. */
export async function leaveEyes(caller: Caller, impersonation_id: string): Promise<void> {
  const { data, visitor, audit } = caller
  const { tenant_id, organization_id, actor } = visitor!.principal
  const origin = originOf(caller)
  const inside = { tenant_id, organization_id, actor, ...origin }
  await data.tenants.at(tenant_id).write(inside, (tx) => {
    endVisit(tx, impersonation_id)
    audit(tx, noteOf('impersonations.end', impersonation_id))
  })
  const { id, name } = actor.impersonator!
  const staff = { kind: 'staff', id, name } as const
  const outside = { tenant_id: '', organization_id: '', actor: staff, ...origin }
  await data.platform.write(outside, (tx) => {
    closeOwnRecord(tx, impersonation_id)
    audit(tx, noteOf('impersonations.end', impersonation_id, { tenant_id }))
  })
}

function endVisit(tx: Write, id: string): void {
  const { actor } = tx.scope
  const ended = closeVisit(tx, id, (actor.impersonator ?? actor).name)
  deleteImpersonatedSessions(tx, id)
  if (ended === 1) emit(tx, supportEnded, id, toSupportVisit(findVisit(tx, id)!, tx.now))
}
