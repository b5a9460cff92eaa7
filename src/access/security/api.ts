/** What can be done about the security of a business, and of the platform itself. */
import { making, reading, writing } from '../../operations/operation.ts'
import { IdParam } from '../../operations/shapes.ts'
import { exportTwoFactor, getSecurity, reportTwoFactor } from './read.ts'
import {
  PlatformSecurity,
  PlatformSecurityChange,
  Security,
  SecurityChange,
  TwoFactorExport,
  TwoFactorFilter,
  TwoFactorReport,
} from './schema.ts'
import { openAddresses, updateSecurity } from './update.ts'

export const securityGet = reading(
  {
    id: 'security.get',
    route: 'GET /v1/security',
    level: 'tenant',
    permission: 'security.read',
    summary: 'See what everybody in the business has to keep to',
    reply: Security,
  },
  getSecurity,
)
export const securityUpdate = writing(
  {
    id: 'security.update',
    route: 'PATCH /v1/security',
    level: 'tenant',
    permission: 'security.write',
    summary: 'Change what everybody in the business has to keep to',
    description:
      'Requires a second factor of everybody from a deadline on, confines tokens and people to ' +
      'addresses, shortens sessions, and lets the operator’s support in or not.',
    body: SecurityChange,
    reply: Security,
    subject: getSecurity,
    match: 'required',
    step_up: true,
    problems: ['feature_unavailable'],
    example: { body: { require_two_factor: true, session_hours: 72 } },
  },
  updateSecurity,
)
export const securityReport = reading(
  {
    id: 'security.two_factor',
    route: 'GET /v1/security/two_factor',
    level: 'tenant',
    permission: 'security.read',
    summary: 'List who has a second factor and who has not',
    query: TwoFactorFilter,
    reply: TwoFactorReport,
  },
  reportTwoFactor,
)

export const securityExport = making(
  {
    id: 'security.export_two_factor',
    route: 'GET /v1/security/two_factor.csv',
    level: 'tenant',
    permission: 'security.read',
    summary: 'List who has a second factor and who has not, for a spreadsheet',
    query: TwoFactorExport,
  },
  exportTwoFactor,
)

export const platformSecurityGet = reading(
  {
    id: 'platform_security.get',
    route: 'GET /v1/platform/security',
    level: 'platform',
    permission: 'security.read',
    summary: 'See what the staff of the operator has to keep to',
    reply: PlatformSecurity,
  },
  getSecurity,
)
export const platformSecurityUpdate = writing(
  {
    id: 'platform_security.update',
    route: 'PATCH /v1/platform/security',
    level: 'platform',
    permission: 'security.write',
    summary: 'Change what the staff of the operator has to keep to',
    body: PlatformSecurityChange,
    reply: PlatformSecurity,
    subject: getSecurity,
    match: 'required',
    step_up: true,
    example: { body: { require_two_factor: true } },
  },
  updateSecurity,
)
export const platformSecurityReport = reading(
  {
    id: 'platform_security.two_factor',
    route: 'GET /v1/platform/security/two_factor',
    level: 'platform',
    permission: 'security.read',
    summary: 'List who of the staff has a second factor and who has not',
    query: TwoFactorFilter,
    reply: TwoFactorReport,
  },
  reportTwoFactor,
)

export const platformSecurityExport = making(
  {
    id: 'platform_security.export_two_factor',
    route: 'GET /v1/platform/security/two_factor.csv',
    level: 'platform',
    permission: 'security.read',
    summary: 'List who of the staff has a second factor, for a spreadsheet',
    query: TwoFactorExport,
  },
  exportTwoFactor,
)

export const tenantSecurityGet = reading(
  {
    id: 'tenants.get_security',
    route: 'GET /v1/platform/tenants/:id/security',
    level: 'platform',
    inside: 'tenant',
    permission: 'tenants.read',
    summary: 'See what everybody in a business has to keep to',
    params: IdParam('ten'),
    reply: Security,
  },
  getSecurity,
)
export const tenantAddressesOpen = writing(
  {
    id: 'tenants.open_addresses',
    route: 'POST /v1/platform/tenants/:id/security/open_addresses',
    level: 'platform',
    inside: 'tenant',
    permission: 'tenants.write',
    summary: 'Clear the list of addresses of a business that shut itself out',
    params: IdParam('ten'),
    reply: Security,
    step_up: true,
  },
  openAddresses,
)

export const security_api = [
  securityGet,
  securityUpdate,
  securityReport,
  securityExport,
  platformSecurityGet,
  platformSecurityUpdate,
  platformSecurityReport,
  platformSecurityExport,
  tenantSecurityGet,
  tenantAddressesOpen,
]
