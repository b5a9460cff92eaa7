/** Founds a business: its own file, its default organization, its owner, and its first token. */
import { Problem } from '../kit/problem.ts'
import { freeSlug } from '../kit/slug.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { enrolMember } from '../access/add-member.ts'
import { issueToken } from '../access/issue-token.ts'
import { offerSetupLink, setupPath } from '../access/setup-link.ts'
import { emit } from '../events/emit.ts'
import type { Outward } from '../operations/outward.ts'
import { foundOrganization } from '../organizations/found.ts'
import { tenantCreated } from './events.ts'
import { getTenant } from './read.ts'
import type { CreatedTenant, NewTenant } from './schema.ts'
import { deletePending, findTenantBySlug, insertTenant, setStatus } from './store.ts'

export interface FoundedTenant {
  id: string
  organization_id: string
  /** Shown this once. */
  token: string
  /** Where the owner sets a password: works once. */
  setup_path: string
}

/** @throws Problem `duplicate_slug` */
export async function createTenant(outward: Outward, wish: NewTenant): Promise<CreatedTenant> {
  const { id, ...once } = await foundTenant(outward.data, outward.scope, wish)
  return { ...outward.read((read) => getTenant(read, { id })), ...once }
}

/**
 * Three acts: the name is taken in `platform.db`, the file is made aside and renamed into place,
 * the tenant becomes active. What a crash leaves between them, `finishPending` takes away at the
 * next start; what a failure leaves is taken away here.
 * @throws Problem `duplicate_slug`
 */
export async function foundTenant(
  data: DataFolder,
  scope: Scope,
  wish: NewTenant,
): Promise<FoundedTenant> {
  const id = await data.platform.write(scope, (tx) => takeName(tx, wish))
  try {
    let founded: FoundedTenant | undefined
    await data.tenants.create(id, async (file) => {
      founded = await furnish(file, scope, id, wish)
    })
    await data.platform.write(scope, (tx) => {
      setStatus(tx, id, 'active')
      emit(tx, tenantCreated, id, getTenant(tx, { id }))
    })
    return founded!
  } catch (error) {
    await removeUnfinished(data, scope, id)
    throw error
  }
}

/** Takes a tenant away that never became active, so that its name is free again. */
export async function removeUnfinished(data: DataFolder, scope: Scope, id: string): Promise<void> {
  // A disk that fails after the commit must not cost a business that is active already.
  if (data.platform.read(scope, (read) => getTenant(read, { id })).status !== 'pending') return
  await data.tenants.discard(id)
  await data.platform.write(scope, (tx) => deletePending(tx, id))
}

/** Host names of our own that no business may have. */
const reserved = new Set(
  'www api app console platform admin setup status mail docs static'.split(' '),
)

function takeName(tx: Write, wish: NewTenant): string {
  const isTaken = (slug: string) => reserved.has(slug) || Boolean(findTenantBySlug(tx, slug))
  if (wish.slug && isTaken(wish.slug)) {
    throw new Problem('duplicate_slug', `${wish.slug} is taken as a short name already.`)
  }
  const id = tx.id('ten')
  insertTenant(tx, {
    id,
    name: wish.name,
    slug: wish.slug ?? freeSlug(wish.name, isTaken),
    admin_email: wish.admin_email,
    environment: wish.environment ?? 'live',
    metadata: JSON.stringify(wish.metadata ?? {}),
  })
  return id
}

/** One transaction: the organization's id is made before it, because all the rest belongs to it. */
function furnish(
  file: DatabaseFile,
  scope: Scope,
  id: string,
  wish: NewTenant,
): Promise<FoundedTenant> {
  const organization_id = file.ids('org')
  return file.write({ ...scope, tenant_id: id, organization_id }, (tx) => {
    const { name } = wish
    foundOrganization(tx, { id: organization_id, name, slug: 'main', is_default: true })
    const { admin_email: email, admin_name = email } = wish
    const owner = { email, name: admin_name, role: 'owner', password_hash: null }
    const { secret } = offerSetupLink(tx, enrolMember(tx, owner))
    const { token } = issueToken(tx, {
      name: 'First token',
      level: 'tenant',
      tenant_id: id,
      organization_id: '',
      scopes: ['*'],
      expires_at: null,
      allowed_ips: [],
    })
    return { id, organization_id, token, setup_path: setupPath(id, secret) }
  })
}
