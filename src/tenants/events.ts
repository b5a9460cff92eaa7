/** What the platform tells about its tenants. */
import type { EventType } from '../events/emit.ts'
import { Tenant } from './schema.ts'

const told = (type: string, summary: string): EventType => ({ type, summary, data: Tenant })

export const tenantCreated = told('tenant.created', 'A business was founded and can be used.')
export const tenantUpdated = told('tenant.updated', 'What is known about a business was changed.')

export const tenantActivated = told(
  'tenant.activated',
  'The owner of a business has come in, and what it needs is there.',
)

export const events = [tenantCreated, tenantUpdated, tenantActivated]
