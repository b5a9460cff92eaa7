/** What the platform tells about its tenants. */
import type { EventType } from '../events/emit.ts'
import { Tenant } from './schema.ts'

const told = (type: string, summary: string): EventType => ({ type, summary, data: Tenant })

export const tenantCreated = told('tenant.created', 'A business was founded and can be used.')
export const tenantUpdated = told('tenant.updated', 'What is known about a business was changed.')

export const events = [tenantCreated, tenantUpdated]
