/** What the operator can do with the businesses on this installation. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { changeTenant } from './change.ts'
import { getTenant, listTenants } from './read.ts'
import { Tenant, TenantChange, TenantFilter } from './schema.ts'

const one = { level: 'platform', params: IdParam('ten'), reply: Tenant } as const

export const tenantsList = reading(
  {
    id: 'tenants.list',
    route: 'GET /v1/platform/tenants',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List tenants',
    query: TenantFilter,
    reply: PageOf(Tenant),
  },
  listTenants,
)

export const tenantsGet = reading(
  {
    ...one,
    id: 'tenants.get',
    route: 'GET /v1/platform/tenants/:id',
    permission: 'tenants.read',
    summary: 'Get a tenant',
  },
  getTenant,
)

export const tenantsUpdate = writing(
  {
    ...one,
    id: 'tenants.update',
    route: 'PATCH /v1/platform/tenants/:id',
    permission: 'tenants.write',
    summary: 'Change a tenant',
    body: TenantChange,
    subject: getTenant,
    match: 'required',
    problems: ['conflict'],
    example: { body: { name: 'Harbour Goods Ltd' } },
  },
  changeTenant,
)

export const api = [tenantsList, tenantsGet, tenantsUpdate]
