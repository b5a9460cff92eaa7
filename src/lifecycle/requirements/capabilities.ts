/** What a business may use, what is due for each, and how it fulfils that itself. */
import { Problem } from '../../kit/problem.ts'
import { features, feature_names, type Feature } from '../../kit/terms.ts'
import type { Read } from '../../db/session.ts'
import { recordAudit } from '../../audit/record.ts'
import type { Beside, Outward } from '../../operations/outward.ts'
import { tellBusiness } from '../tell.ts'
import { getRequirement, toRequirement } from './read.ts'
import type { Capabilities, CapabilityState, Requirement } from './schema.ts'
import { isSeenDone } from './seen.ts'
import { meetRequirement } from './settle.ts'
import { requirementsOf } from './store.ts'

export function getCapabilities({ scope }: Read, _: object, { data }: Beside): Capabilities {
  const requirements = data.platform.read(scope, (read) => allOf(read, scope.tenant_id))
  const of = (name: Feature) => stateOf(name, requirements, scope.terms?.refusals[name]?.reason)
  return { data: feature_names.map(of), requirements }
}

const allOf = (read: Read, tenant_id: string): Requirement[] =>
  requirementsOf(read, tenant_id).map((row) => toRequirement(read, row))

function stateOf(
  capability: Feature,
  requirements: readonly Requirement[],
  reason: string | undefined,
): CapabilityState {
  const mine = requirements.filter((each) => each.capabilities.includes(capability))
  const ids = (due: Requirement['due']) =>
    mine.filter((each) => each.due === due).map(({ id }) => id)
  const past_due = ids('past_due')
  const currently_due = ids('currently_due')
  const is_refused = reason !== undefined || past_due.length > 0
  const deadlines = mine.flatMap(({ due, due_at }) => (due && due_at ? [due_at] : []))
  return {
    capability,
    summary: features[capability],
    status: is_refused ? 'restricted' : currently_due.length > 0 ? 'pending' : 'active',
    reason: reason ?? null,
    past_due,
    currently_due,
    eventually_due: ids('eventually_due'),
    deadline: deadlines.sort()[0] ?? null,
  }
}

/**
 * Says that something is done: accepts what the business accepts itself, and looks for what can be
 * seen. What the operator decides stays his.
 * @throws Problem `not_found`, `conflict` when it is settled already, `requirement_unmet`
 */
export async function fulfilRequirement(
  outward: Outward,
  { id }: { id: string },
): Promise<Requirement> {
  const { data, scope, tenant_id } = outward
  const there = { ...scope, tenant_id: '', organization_id: '' }
  const own = (read: Read) => ownRequirement(read, id, tenant_id)
  const before = data.platform.read(there, own)
  if (before.met_by === 'operator') {
    throw new Problem('requirement_unmet', `The operator decides this. ${before.detail}`)
  }
  const seen = outward.read((read) => isSeenDone(read, before.code))
  if (before.met_by === 'automatic' && !seen) {
    throw new Problem('requirement_unmet', `It is not done yet. ${before.detail}`)
  }
  const fulfilled = await data.platform.write(there, (tx) => {
    own(tx)
    const after = meetRequirement(tx, { id })
    const action = 'capabilities.fulfil'
    recordAudit(tx, { action, subject_id: tenant_id, before, after, input: { id } })
    return after
  })
  await tellBusiness(data, tenant_id)
  return fulfilled
}

function ownRequirement(read: Read, id: string, tenant_id: string): Requirement {
  const requirement = getRequirement(read, { id })
  if (requirement.tenant_id === tenant_id) return requirement
  throw new Problem('not_found', `There is no requirement ${id}.`)
}
