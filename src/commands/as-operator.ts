/** Carries out operations for the person at the machine's own keyboard, who may do everything. */
import { operations } from '../app.ts'
import { systemScope } from '../db/scope.ts'
import { assert } from '../kit/problem.ts'
import { invoke } from '../operations/invoke.ts'
import type { Principal } from '../operations/principal.ts'
import { homeOrganization } from '../organizations/home.ts'
import type { Installation } from './installation.ts'

type Input = Record<string, unknown>

const operator: Omit<Principal, 'level' | 'tenant_id' | 'organization_id'> = {
  id: 'command-line',
  actor: { kind: 'system', id: 'command-line', name: 'Command line' },
  read_only: undefined,
  terms: undefined,
  may: () => true,
}

/** Runs one operation of the platform's level and returns its reply. */
export const onPlatform = <T>(installation: Installation, id: string, input: Input): Promise<T> =>
  run(installation, id, input, {
    ...operator,
    level: 'platform',
    tenant_id: '',
    organization_id: '',
  })

/** Runs one operation inside a tenant, in the organization that is named or in its default one. */
export function inTenant<T>(
  installation: Installation,
  tenant_id: string,
  id: string,
  input: Input,
): Promise<T> {
  const organization_id = installation.data.tenants
    .at(tenant_id)
    .read(systemScope('command-line'), homeOrganization)
  return run(installation, id, input, { ...operator, level: 'tenant', tenant_id, organization_id })
}

async function run<T>(
  { house }: Installation,
  id: string,
  input: Input,
  principal: Principal,
): Promise<T> {
  const operation = operations.find((each) => each.id === id)
  assert(operation, `the operation ${id} exists`)
  const { organization_id, tenant_id, actor } = principal
  const scope = { ...systemScope('command-line', organization_id, tenant_id), actor }
  const options = { idempotency_key: crypto.randomUUID(), if_match: '*' }
  const reply = await invoke(house.door, { operation, principal, scope, input, options })
  return JSON.parse(reply.body) as T
}
