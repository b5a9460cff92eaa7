/** Requires something of a business, and settles it: met, waived, or required again. */
import { timestamp } from '../../kit/clock.ts'
import { Problem, invalid } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit, type EventType } from '../../events/emit.ts'
import {
  requirementAdded,
  requirementMet,
  requirementReopened,
  requirementWaived,
} from '../events.ts'
import { settleStanding } from '../standing.ts'
import { requireLiving } from '../suspend.ts'
import { catalogue, isKnown } from './catalogue.ts'
import { getRequirement } from './read.ts'
import type { NewRequirement, Reopening, Requirement, Settling } from './schema.ts'
import {
  findByCode,
  insertRequirement,
  most_per_tenant,
  requirementsOf,
  setOpen,
  setSettled,
} from './store.ts'

/**
 * One that is due at once is refused at once. What the catalogue knows to be seen by itself is
 * looked for within the hour, and when the business asks.
 * @throws Problem `not_found`, `conflict` when the business is not there any more,
 *   `duplicate_requirement`, `invalid` without a title, or with too many
 */
export function addRequirement(
  tx: Write,
  { id: tenant_id, ...wish }: NewRequirement & { id: string },
): Requirement {
  requireLiving(tx, tenant_id)
  const { code, capabilities, due_at } = wish
  const known = isKnown(code) ? catalogue[code] : undefined
  const title = wish.title ?? known?.title
  if (!title) throw invalid('/title', `Say what ${code} is: the catalogue does not know it.`)
  if (known && wish.met_by && wish.met_by !== known.met_by) {
    throw invalid('/met_by', `${code} is met by: ${known.met_by}. Leave this out.`)
  }
  const before = findByCode(tx, tenant_id, code)
  if (before) {
    const detail = `${code} is required of this business already: reopen it if it was settled.`
    throw new Problem('duplicate_requirement', detail, { requirement_id: before.id })
  }
  if (requirementsOf(tx, tenant_id).length >= most_per_tenant) {
    throw invalid('/code', `A business has at most ${most_per_tenant} requirements.`)
  }
  const id = tx.id('req')
  insertRequirement(tx, {
    ...{ id, tenant_id, code, title },
    detail: wish.detail ?? known?.detail ?? '',
    capabilities: JSON.stringify(capabilities),
    met_by: known?.met_by ?? wish.met_by ?? 'operator',
    due_at: normal(due_at),
  })
  return told(tx, id, requirementAdded)
}

/** @throws Problem `not_found`, `conflict` unless it is open */
export const meetRequirement = (tx: Write, input: Settling & { id: string }): Requirement =>
  settle(tx, input, true)

/** @throws Problem `not_found`, `conflict` unless it is open */
export const waiveRequirement = (tx: Write, input: Settling & { id: string }): Requirement =>
  settle(tx, input, false)

function settle(tx: Write, { id, note = '' }: Settling & { id: string }, met: boolean) {
  const { state } = getRequirement(tx, { id })
  if (state !== 'open') throw new Problem('conflict', `This requirement is ${state} already.`)
  setSettled(tx, id, { met, note, settled_by: tx.scope.actor.name })
  return told(tx, id, met ? requirementMet : requirementWaived)
}

/** With the time it had, unless another is given. @throws Problem `not_found`, `conflict` */
export function reopenRequirement(
  tx: Write,
  { id, due_at }: Reopening & { id: string },
): Requirement {
  const before = getRequirement(tx, { id })
  if (before.state === 'open') throw new Problem('conflict', 'This requirement is open.')
  setOpen(tx, id, due_at === undefined ? before.due_at : normal(due_at))
  return told(tx, id, requirementReopened)
}

const normal = (time: string | null | undefined): string | null =>
  time ? timestamp(Date.parse(time)) : null

function told(tx: Write, id: string, event: EventType): Requirement {
  const requirement = getRequirement(tx, { id })
  emit(tx, event, id, requirement)
  settleStanding(tx, requirement.tenant_id)
  return requirement
}
