/** Founds a business: its own file, its default organization, and its first token. */
import type { DataFolder } from '../db/data-folder.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { Scope } from '../db/scope.ts'
import { issueToken } from '../access/issue-token.ts'
import { foundOrganization } from '../organizations/found.ts'
import { insertTenant, setStatus } from './store.ts'

export interface NewTenant {
  name: string
  slug: string
  admin_email: string
  environment: 'sandbox' | 'live'
  metadata?: Record<string, string>
}

export interface FoundedTenant {
  id: string
  organization_id: string
  /** Shown this once. */
  token: string
}

/**
 * Three acts: the name is taken in `platform.db`, the file is made aside and renamed into place,
 * the tenant becomes active. A crash in between leaves a pending tenant that a retry can finish.
 */
export async function foundTenant(
  data: DataFolder,
  scope: Scope,
  wanted: NewTenant,
): Promise<FoundedTenant> {
  const metadata = JSON.stringify(wanted.metadata ?? {})
  const id = await data.platform.write(scope, (tx) => {
    const id = tx.id('ten')
    insertTenant(tx, { ...wanted, id, metadata })
    return id
  })
  let founded: FoundedTenant | undefined
  await data.tenants.create(id, async (file) => {
    founded = await furnish(file, scope, id, wanted.name)
  })
  await data.platform.write(scope, (tx) => setStatus(tx, id, 'active'))
  return founded!
}

const furnish = (file: DatabaseFile, scope: Scope, id: string, name: string) =>
  file.write(scope, (tx): FoundedTenant => {
    const organization_id = foundOrganization(tx, { name, slug: 'main', is_default: true })
    const { token } = issueToken(tx, {
      name: 'First token',
      level: 'tenant',
      tenant_id: id,
      organization_id: '',
      scopes: ['*'],
      expires_at: null,
      allowed_ips: [],
    })
    return { id, organization_id, token }
  })
