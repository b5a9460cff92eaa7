/** Lets the operator look through the audit trail of a business, and writes down in both that he did. */
import { systemScope } from '../db/scope.ts'
import type { Outward } from '../operations/outward.ts'
import { listAudit } from './read.ts'
import { recordAudit } from './record.ts'
import type { AuditFilter } from './schema.ts'

const action = 'tenant_audit.search'

/**
 * The entry in the trail of the platform is written by the door; this one is for the business.
 * @throws Problem `not_found`
 */
export async function searchTenantAudit(
  { data, scope }: Outward,
  { id, ...filter }: AuditFilter & { id: string },
) {
  const file = data.tenants.at(id)
  const found = file.read(systemScope(action, '', id), (read) => listAudit(read, filter))
  await file.write({ ...scope, tenant_id: id }, (tx) =>
    recordAudit(tx, { action, subject_id: id, before: undefined, after: undefined, input: filter }),
  )
  return found
}
