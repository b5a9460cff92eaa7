/** What interrupts and ends the life of a business: for the operator, and for its own people. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam } from '../operations/shapes.ts'
import { getTenant } from '../tenants/read.ts'
import { Tenant } from '../tenants/schema.ts'
import {
  closeOwnBusiness,
  closeTenant,
  getBusiness,
  reopenOwnBusiness,
  reopenTenant,
} from './close.ts'
import { api as erasure } from './erasure/api.ts'
import { api as requirements } from './requirements/api.ts'
import { Business, Closing, OwnClosing, Suspension } from './schema.ts'
import { resumeTenant, suspendTenant } from './suspend.ts'

const one = {
  level: 'platform',
  permission: 'tenants.write',
  params: IdParam('ten'),
  reply: Tenant,
  subject: getTenant,
  match: 'optional',
} as const

export const tenantsSuspend = writing(
  {
    ...one,
    id: 'tenants.suspend',
    problems: ['conflict'],
    route: 'POST /v1/platform/tenants/:id/suspend',
    summary: 'Suspend a tenant: it can be read and no longer written',
    body: Suspension,
    step_up: true,
    example: { body: { reason: 'The invoice of October is open.' } },
  },
  suspendTenant,
)

export const tenantsResume = writing(
  {
    ...one,
    id: 'tenants.resume',
    problems: ['conflict'],
    route: 'POST /v1/platform/tenants/:id/resume',
    summary: 'Let a suspended tenant go on',
  },
  resumeTenant,
)

export const tenantsClose = writing(
  {
    ...one,
    id: 'tenants.close',
    problems: ['conflict'],
    route: 'POST /v1/platform/tenants/:id/close',
    summary: 'Close a tenant: it can be read, exported and reopened for a while, then it is erased',
    body: Closing,
    step_up: true,
    example: { body: { reason: 'The contract ended.', grace_days: 30 } },
  },
  closeTenant,
)

export const tenantsReopen = writing(
  {
    ...one,
    id: 'tenants.reopen',
    problems: ['conflict'],
    route: 'POST /v1/platform/tenants/:id/reopen',
    summary: 'Let a tenant go on that was closing',
  },
  reopenTenant,
)

export const businessGet = reading(
  {
    id: 'business.get',
    route: 'GET /v1/business',
    level: 'tenant',
    permission: 'business.read',
    summary: 'Get the business of this token, and how it stands',
    reply: Business,
  },
  getBusiness,
)

export const businessClose = calling(
  {
    id: 'business.close',
    route: 'POST /v1/business/close',
    level: 'tenant',
    permission: 'business.close',
    summary:
      'Close your business: it is erased when the grace is over, and can be reopened until then',
    body: OwnClosing,
    reply: Business,
    step_up: true,
    problems: ['conflict'],
    example: { body: { confirm_name: 'Harbour Goods', grace_days: 30 } },
  },
  closeOwnBusiness,
)

export const businessReopen = calling(
  {
    id: 'business.reopen',
    route: 'POST /v1/business/reopen',
    level: 'tenant',
    permission: 'business.close',
    summary: 'Let your business go on that was closing at your own wish',
    reply: Business,
    while_read_only: true,
    problems: ['conflict'],
  },
  reopenOwnBusiness,
)

export const api = [
  tenantsSuspend,
  tenantsResume,
  tenantsClose,
  tenantsReopen,
  businessGet,
  businessClose,
  businessReopen,
  ...requirements,
  ...erasure,
]
