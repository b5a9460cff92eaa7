/** What can be asked about usage, by the business and by the operator. */
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { FileReply, Id, IdParam, PageOf } from '../operations/shapes.ts'
import { correctUsage } from './correct.ts'
import { getPlatformDays, getUsageOfTenant, listUsageOfTenants } from './overview.ts'
import {
  getOwnSeries,
  getOwnUsage,
  getSeries,
  getUsage,
  listOwnRecords,
  listRecords,
} from './read.ts'
import { getExport, getExportFile, listExports } from './read-exports.ts'
import {
  BusinessUsage,
  Correction,
  PlatformDays,
  PlatformDaysAsked,
  TenantUsage,
  TenantUsageFilter,
} from './schema-platform.ts'
import {
  OwnUsageFilter,
  Series,
  SeriesAsked,
  Usage,
  UsageAsked,
  UsageExport,
  UsageExportFilter,
  UsageFilter,
  UsageRecord,
} from './schema.ts'

const business = { level: 'tenant', permission: 'usage.read' } as const
const own = { level: 'organization', permission: 'usage.read' } as const
const operator = { level: 'platform', permission: 'usage.read' } as const
const inside = { ...operator, inside: 'tenant', params: IdParam('ten') } as const

const about_projection =
  'Projected is what is used already, and the rest of the period at the pace of the last seven days; in a business that is younger, of as many days as there are.'

export const usageGet = reading(
  {
    ...business,
    id: 'usage.get',
    route: 'GET /v1/usage',
    summary: 'What the business used in a period, beside what its plan includes',
    description: about_projection,
    query: UsageAsked,
    reply: Usage,
  },
  getUsage,
)

export const usageSeries = reading(
  {
    ...business,
    id: 'usage.series',
    route: 'GET /v1/usage/series',
    summary: 'What the business used of one meter, day by day or hour by hour',
    description: 'At most 400 points: 400 days, or 16 days by the hour.',
    query: SeriesAsked,
    reply: Series,
    example: { query: { meter: 'api_calls' } },
  },
  getSeries,
)

export const usageRecords = reading(
  {
    ...business,
    id: 'usage.records',
    route: 'GET /v1/usage/records',
    summary: 'Every line of usage of the business',
    query: UsageFilter,
    reply: PageOf(UsageRecord),
  },
  listRecords,
)

export const organizationUsageGet = reading(
  {
    ...own,
    id: 'organization_usage.get',
    route: 'GET /v1/organization_usage',
    summary: 'What the organization one works in used',
    description: 'Quotas and gauges are of the business as a whole and not shown here.',
    query: UsageAsked,
    reply: Usage,
  },
  getOwnUsage,
)

export const organizationUsageSeries = reading(
  {
    ...own,
    id: 'organization_usage.series',
    route: 'GET /v1/organization_usage/series',
    summary: 'What the organization one works in used of one meter, day by day or hour by hour',
    query: SeriesAsked,
    reply: Series,
    example: { query: { meter: 'shipments' } },
  },
  getOwnSeries,
)

export const organizationUsageRecords = reading(
  {
    ...own,
    id: 'organization_usage.records',
    route: 'GET /v1/organization_usage/records',
    summary: 'Every line of usage of the organization one works in',
    query: OwnUsageFilter,
    reply: PageOf(UsageRecord),
  },
  listOwnRecords,
)

export const tenantsUsage = reading(
  {
    ...inside,
    id: 'tenants.usage',
    route: 'GET /v1/platform/tenants/:id/usage',
    summary: 'What one business used in a period, beside what its plan includes',
    description: about_projection,
    query: UsageAsked,
    reply: BusinessUsage,
  },
  getUsageOfTenant,
)

export const tenantsUsageSeries = reading(
  {
    ...inside,
    id: 'tenants.usage_series',
    route: 'GET /v1/platform/tenants/:id/usage/series',
    summary: 'What one business used of one meter, day by day or hour by hour',
    query: SeriesAsked,
    reply: Series,
    example: { query: { meter: 'api_calls' } },
  },
  getSeries,
)

export const tenantsUsageRecords = reading(
  {
    ...inside,
    id: 'tenants.usage_records',
    route: 'GET /v1/platform/tenants/:id/usage/records',
    summary: 'Every line of usage of one business',
    query: UsageFilter,
    reply: PageOf(UsageRecord),
  },
  listRecords,
)

export const tenantsCorrectUsage = writing(
  {
    ...inside,
    id: 'tenants.correct_usage',
    route: 'POST /v1/platform/tenants/:id/usage/corrections',
    permission: 'usage.write',
    summary: 'Correct what was counted: another line, with a reason',
    description: 'A line of a period that is over counts there and is marked as late.',
    body: Correction,
    reply: UsageRecord,
    status: 201,
    idempotency: 'required',
    example: {
      body: { meter: 'api_calls', quantity: 25, reason: 'Counted by hand during the outage' },
    },
  },
  correctUsage,
)

export const platformUsageList = reading(
  {
    ...operator,
    id: 'platform_usage.list',
    route: 'GET /v1/platform/usage',
    summary: 'Businesses by their use of one meter in the period they are in',
    description: 'As it was copied last, every few minutes: see `measured_at`.',
    query: TenantUsageFilter,
    reply: PageOf(TenantUsage),
    example: { query: { meter: 'api_calls' } },
  },
  listUsageOfTenants,
)

export const platformUsageDays = reading(
  {
    ...operator,
    id: 'platform_usage.days',
    route: 'GET /v1/platform/usage/days',
    summary: 'What all businesses together used of one meter, day by day',
    query: PlatformDaysAsked,
    reply: PlatformDays,
    example: { query: { meter: 'api_calls' } },
  },
  getPlatformDays,
)

const exports = { level: 'tenant', permission: 'usage.export' } as const
const one_export = { ...exports, params: Type.Object({ export_id: Id('job') }) }

export const usageExportsList = reading(
  {
    ...exports,
    id: 'usage_exports.list',
    route: 'GET /v1/usage/exports',
    summary: 'List exports of the usage of the whole business',
    description:
      'Ask for one with `POST /v1/jobs/business_usage_export`. One of an organization alone, ' +
      '`POST /v1/jobs/usage_export`, is among its jobs.',
    query: UsageExportFilter,
    reply: PageOf(UsageExport),
  },
  listExports,
)

export const usageExportsGet = reading(
  {
    ...one_export,
    id: 'usage_exports.get',
    route: 'GET /v1/usage/exports/:export_id',
    summary: 'Get an export of usage: how far it is',
    reply: UsageExport,
  },
  getExport,
)

export const usageExportsDownload = reading(
  {
    ...one_export,
    id: 'usage_exports.download',
    route: 'GET /v1/usage/exports/:export_id/file',
    summary: 'Download an export of usage (CSV)',
    reply: FileReply,
  },
  getExportFile,
)

export const api = [
  usageExportsList,
  usageExportsGet,
  usageExportsDownload,
  usageGet,
  usageSeries,
  usageRecords,
  organizationUsageGet,
  organizationUsageSeries,
  organizationUsageRecords,
  platformUsageList,
  platformUsageDays,
  tenantsUsage,
  tenantsUsageSeries,
  tenantsUsageRecords,
  tenantsCorrectUsage,
]
