/** What the operator can do with the businesses on this installation. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { changeTenant, resumeTenant, suspendTenant } from './change.ts'
import { createTenant } from './found.ts'
import { getTenant, listTenants } from './read.ts'
import {
  CreatedTenant,
  NewTenant,
  Suspension,
  Tenant,
  TenantChange,
  TenantFilter,
} from './schema.ts'

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

export const tenantsCreate = calling(
  {
    id: 'tenants.create',
    route: 'POST /v1/platform/tenants',
    level: 'platform',
    permission: 'tenants.write',
    summary: 'Found a business with its own file; its first token is in this reply alone',
    body: NewTenant,
    reply: CreatedTenant,
    status: 201,
    shown_once: true,
    problems: ['duplicate_slug'],
    example: {
      body: { name: 'Harbour Goods', admin_email: 'mara@harbour.test', environment: 'sandbox' },
    },
  },
  createTenant,
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
    example: { body: { name: 'Harbour Goods Ltd' } },
  },
  changeTenant,
)

export const tenantsSuspend = writing(
  {
    ...one,
    id: 'tenants.suspend',
    route: 'POST /v1/platform/tenants/:id/suspend',
    permission: 'tenants.write',
    summary: 'Suspend a tenant: it can be read and no longer written',
    body: Suspension,
    subject: getTenant,
    match: 'optional',
    problems: ['conflict'],
    example: { body: { reason: 'The invoice of October is open.' } },
  },
  suspendTenant,
)

export const tenantsResume = writing(
  {
    ...one,
    id: 'tenants.resume',
    route: 'POST /v1/platform/tenants/:id/resume',
    permission: 'tenants.write',
    summary: 'Let a suspended tenant go on',
    subject: getTenant,
    match: 'optional',
    problems: ['conflict'],
  },
  resumeTenant,
)

export const api = [
  tenantsList,
  tenantsGet,
  tenantsCreate,
  tenantsUpdate,
  tenantsSuspend,
  tenantsResume,
]
