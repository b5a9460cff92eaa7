/** Tells a business, in the feed of its own file, when something about how it stands has changed. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import type { Feature } from '../kit/terms.ts'
import { homeOrganization } from '../organizations/home.ts'
import { getTenant } from '../tenants/read.ts'
import { businessUpdated } from './events.ts'
import { openRequirementsOf, type RequirementRow } from './requirements/store.ts'
import type { BusinessState } from './schema.ts'
import { findTold, putTold } from './store.ts'

const scope = systemScope('lifecycle')

/**
 * What was told is written down after it was told: a crash between tells it twice, never not at all.
 * @returns whether there was anything new to tell
 */
export async function tellBusiness(data: DataFolder, tenant_id: string): Promise<boolean> {
  const found = data.platform.read(scope, (read) => ({
    state: stateOf(read, tenant_id),
    told: findTold(read, tenant_id),
  }))
  const { state, told } = found
  if (state.status === 'pending' || state.status === 'deleted') return false
  if (JSON.stringify(state) === (told ?? JSON.stringify(undisturbed(state)))) return false
  const file = data.tenants.at(tenant_id)
  const organization_id = file.read(scope, homeOrganization)
  await file.write(systemScope('lifecycle', organization_id, tenant_id), (tx) =>
    emit(tx, businessUpdated, tenant_id, state),
  )
  await data.platform.write(scope, (tx) => putTold(tx, tenant_id, JSON.stringify(state)))
  return true
}

/** What nobody has to be told: that it works. */
function undisturbed({ id, status }: BusinessState): BusinessState {
  const working = status === 'onboarding' ? status : 'active'
  return { id, status: working, closes_at: null, restricted: [], pending: [] }
}

function stateOf(read: Read, id: string): BusinessState {
  const { status, closes_at } = getTenant(read, { id })
  const open = openRequirementsOf(read, id)
  const restricted = capabilitiesOf(open, (due_at) => due_at <= read.now)
  const pending = capabilitiesOf(open, (due_at) => due_at > read.now)
  return {
    ...{ id, status, closes_at, restricted },
    pending: pending.filter((name) => !restricted.includes(name)),
  }
}

const capabilitiesOf = (
  rows: readonly RequirementRow[],
  is_meant: (due_at: string) => boolean,
): Feature[] => {
  const meant = rows.filter(({ due_at }) => due_at && is_meant(due_at))
  const names = meant.flatMap(({ capabilities }) => JSON.parse(capabilities) as Feature[])
  return [...new Set(names)].sort()
}
