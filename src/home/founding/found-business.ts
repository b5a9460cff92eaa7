/** Founds a business and puts into it what was asked for: simulated carriers, sample data. */
import { invalid } from '../../kit/problem.ts'
import { openOutward, type Outward } from '../../operations/outward.ts'
import { connectSimulated } from '../../shipping/simulate.ts'
import { foundTenantOnce, type FoundedTenant, type Founding } from '../../tenants/found.ts'
import { getTenant } from '../../tenants/read.ts'
import type { CreatedTenant, NewTenant, Onboarding } from '../../tenants/schema.ts'
import { hasItems, loadSampleData } from '../set-up/sample-data.ts'
import { getSetUp } from '../set-up/read.ts'
import type { OnboardedTenant } from './schema.ts'

/** @throws Problem `duplicate_slug`, `domain_taken`, `domain_quarantined`, `invalid` */
export async function createTenant(
  outward: Outward,
  { sample_data = false, ...wish }: NewTenant,
): Promise<CreatedTenant> {
  return describe(outward, await foundBusiness(outward, wish, sample_data))
}

/** As `createTenant`, for whoever is led through it. The address he wishes for is a preference. */
export async function onboardTenant(outward: Outward, wish: Onboarding): Promise<OnboardedTenant> {
  const { company_name, domain_preference, setup_wizard, sample_data = false, ...rest } = wish
  const founding: Founding = {
    ...rest,
    name: company_name,
    domain_is_preference: true,
    ...(domain_preference !== undefined && { domain: domain_preference }),
    ...(setup_wizard && { wishes: setup_wizard }),
  }
  const founded = await foundBusiness(outward, founding, sample_data)
  const setup = inside(outward, founded).read((read) => getSetUp(read, {}, outward))
  return { ...describe(outward, founded), setup }
}

async function foundBusiness(
  outward: Outward,
  wish: Founding,
  sample_data: boolean,
): Promise<FoundedTenant> {
  const is_sandbox = wish.environment === 'sandbox'
  if (sample_data && !is_sandbox) {
    throw invalid('/sample_data', 'Sample data belongs into a sandbox.')
  }
  const founded = await foundTenantOnce(outward.data, outward.scope, wish, outward.attempt_id)
  if (is_sandbox) await fill(inside(outward, founded), wish.wishes?.carriers ?? [], sample_data)
  return founded
}

/**
 * What a new sandbox begins with. A crash before the end of it costs nothing but a button on the
 * set-up page; a retry goes on where it was.
 */
export async function fill(
  outward: Outward,
  carriers: readonly string[],
  sample_data: boolean,
): Promise<void> {
  await connectSimulated(outward, carriers)
  if (sample_data) await outward.write((tx) => (hasItems(tx) ? undefined : loadSampleData(tx)))
}

/** The file of the new business, in its organization. */
export const inside = (
  { data, services, scope }: Outward,
  { id, organization_id }: FoundedTenant,
): Outward => openOutward({ data, services }, id, { ...scope, tenant_id: id, organization_id })

function describe(outward: Outward, founded: FoundedTenant): CreatedTenant {
  const { id, organization_id, token, setup_path, setup_expires_at } = founded
  const tenant = outward.data.platform.read(outward.scope, (read) => getTenant(read, { id }))
  const api_domain = tenant.api_domains[0]!
  return {
    ...{ id, tenant, organization_id, api_domain, api_token: token },
    ...{ setup_path, setup_expires_at },
  }
}
