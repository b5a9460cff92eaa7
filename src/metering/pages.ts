/** The console's pages for usage: of a business, of one of its organizations, and of all businesses. */
import { timestamp, day_ms } from '../kit/clock.ts'
import { meter_names, type Meter } from '../kit/terms.ts'
import { jobOperation } from '../jobs/api.ts'
import type { JobKind } from '../jobs/kind.ts'
import type { Job } from '../jobs/schema.ts'
import type { TypedOperation } from '../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type RoomPages,
  type Visit,
} from '../operations/page.ts'
import { recordsView } from '../../views/metering/records.tsx'
import { Corrections } from '../../views/metering/tenant.tsx'
import { tenantsUsageView } from '../../views/metering/tenants.tsx'
import { usageView } from '../../views/metering/usage.tsx'
import {
  organizationUsageGet,
  organizationUsageRecords,
  organizationUsageSeries,
  platformUsageDays,
  platformUsageList,
  tenantsCorrectUsage,
  tenantsUsage,
  tenantsUsageRecords,
  tenantsUsageSeries,
  usageExportsList,
  usageGet,
  usageRecords,
  usageSeries,
} from './api.ts'
import { businessUsageExport, usageExport } from './export.ts'
import { dayName, localDay } from './local-time.ts'
import type { Usage } from './schema.ts'

const path = '/settings/usage'

const isWhole = (visit: Visit): boolean => visit.visitor.principal.level === 'tenant'

/** A form that came back has the address of the form: what was chosen on the page is not in it. */
const chosen = (visit: Visit, name: string): string | undefined =>
  visit.problem ? undefined : visit.url.searchParams.get(name) || undefined

/** Anything else is not a meter: the page shows the first one. */
function meterOf(visit: Visit): Meter {
  const wanted = chosen(visit, 'meter')
  return meter_names.find((name) => name === wanted) ?? 'api_calls'
}

/** The last days, or those of the period that is over; by the hour its last ones. */
function seriesAsked(visit: Visit, { period }: Usage) {
  const by = chosen(visit, 'by') === 'hour' ? ('hour' as const) : ('day' as const)
  const asked = { meter: meterOf(visit), by }
  if (period.is_current) return asked
  const dayAt = (at_ms: number) => dayName(localDay(at_ms, period.time_zone))
  const [from, to] = [dayAt(Date.parse(period.starts_at)), dayAt(Date.parse(period.ends_at) - 1)]
  return { ...asked, ...(by === 'day' && { from }), to }
}

const periodAsked = (visit: Visit) =>
  chosen(visit, 'period') === 'previous' ? { period: 'previous' as const } : {}

const usage = page({
  route: `GET ${path}`,
  title: 'Usage',
  nav: { group: 'Business', label: 'Usage', icon: 'chart', permission: 'usage.read' },
  show(visit) {
    const whole = isWhole(visit)
    const series = whole ? usageSeries : organizationUsageSeries
    const usage = visit.ask(whole ? usageGet : organizationUsageGet, periodAsked(visit))
    return usageView({
      url: visit.url,
      title: 'Usage',
      whole,
      usage,
      series: visit.ask(series, seriesAsked(visit, usage)),
      records_path: `${path}/records`,
      ...(whole && visit.may('plans.write') && { upgrade: '/settings/plan#compare' }),
    })
  },
})

/** Whole days of UTC, as the page writes its times; the last one included. */
function days(from: string | undefined, to: string | undefined) {
  return {
    ...(from && { from: `${from}T00:00:00Z` }),
    ...(to && { to: timestamp(Date.parse(to) + day_ms) }),
  }
}

function recordsAsked(visit: Visit) {
  const [meter, subject_id, cursor] = ['meter', 'subject_id', 'cursor'].map((name) =>
    chosen(visit, name),
  )
  return {
    ...(meter && { meter: meterOf(visit) }),
    ...(subject_id && { subject_id }),
    ...(cursor && { cursor }),
    ...days(chosen(visit, 'from'), chosen(visit, 'to')),
  }
}

function recordsOfAll(visit: Visit) {
  const organization_id = chosen(visit, 'organization_id')
  return { ...recordsAsked(visit), ...(organization_id && { organization_id }) }
}

const records = page({
  route: `GET ${path}/records`,
  title: 'Usage, line by line',
  show(visit) {
    const whole = isWhole(visit)
    const { organizations } = visit.visitor
    return recordsView({
      url: visit.problem ? new URL(`${path}/records`, visit.url) : visit.url,
      crumbs: [['Usage', path]],
      state: formState(visit),
      export_to: visit.may('usage.export')
        ? `${path}/${whole ? 'export' : 'export-own'}`
        : undefined,
      whole,
      exports:
        whole && visit.may('usage.export') ? visit.ask(usageExportsList, { limit: 5 }).data : [],
      organizations: whole ? organizations.map(({ id, name }) => [id, name] as const) : [],
      records: whole
        ? visit.ask(usageRecords, recordsOfAll(visit))
        : visit.ask(organizationUsageRecords, recordsAsked(visit)),
    })
  },
})

type ExportOperation = TypedOperation<'write', object, Job>

const exporting = (route: `POST /${string}`, kind: JobKind, to?: string) =>
  form({
    route,
    again: records,
    submit: submission(
      jobOperation(kind) as ExportOperation,
      (fields) => ({
        meter: given(fields, 'meter'),
        ...days(given(fields, 'from'), given(fields, 'to')),
      }),
      ({ id }) => ({ to: to ?? `/jobs/${id}`, say: 'The export is being made.' }),
    ),
  })

const tenants = page({
  route: 'GET /platform/usage',
  title: 'Usage',
  nav: {
    group: 'Offer',
    label: 'Usage',
    icon: 'chart',
    permission: 'usage.read',
    level: 'platform',
  },
  show(visit) {
    const meter = meterOf(visit)
    const share_from = chosen(visit, 'share_from')
    const [cursor, sort] = ['cursor', 'sort'].map((name) => chosen(visit, name))
    return tenantsUsageView({
      url: visit.url,
      days: visit.ask(platformUsageDays, { meter }),
      tenants: visit.ask(platformUsageList, {
        meter,
        ...(share_from && { share_from: Number(share_from) }),
        ...(cursor && { cursor }),
        ...(sort === 'used' && { sort: 'used' }),
      }),
    })
  },
})

const tenantPath = (visit: Visit): string => `/platform/tenants/${visit.params.id ?? ''}/usage`

const tenant = page({
  route: 'GET /platform/tenants/:id/usage',
  title: 'Usage of a business',
  show(visit) {
    const id = visit.params.id ?? ''
    const here = tenantPath(visit)
    const usage = visit.ask(tenantsUsage, { id, ...periodAsked(visit) })
    return usageView({
      url: visit.problem ? new URL(here, visit.url) : visit.url,
      title: `Usage of ${usage.name}`,
      crumbs: [
        ['Businesses', '/platform/tenants'],
        [usage.name, `/platform/tenants/${id}`],
      ],
      whole: true,
      usage,
      series: visit.ask(tenantsUsageSeries, { id, ...seriesAsked(visit, usage) }),
      records_path: `${here}/records`,
      children:
        visit.may('usage.write') &&
        Corrections({ action: `${here}/corrections`, state: formState(visit) }),
    })
  },
})

const tenantRecords = page({
  route: 'GET /platform/tenants/:id/usage/records',
  title: 'Usage of a business, line by line',
  show: (visit) =>
    recordsView({
      url: visit.url,
      crumbs: [
        ['Businesses', '/platform/tenants'],
        ['Usage', tenantPath(visit)],
      ],
      state: formState(visit),
      export_to: undefined,
      whole: true,
      exports: [],
      organizations: [],
      records: visit.ask(tenantsUsageRecords, {
        id: visit.params.id ?? '',
        ...recordsAsked(visit),
      }),
    }),
})

const correction = (fields: Fields, { id }: Record<string, string>) => ({
  id,
  meter: given(fields, 'meter'),
  quantity: given(fields, 'quantity'),
  reason: given(fields, 'reason'),
  day: given(fields, 'day'),
})

export const pages: RoomPages = {
  pages: [usage, records, tenants, tenant, tenantRecords],
  forms: [
    exporting(`POST ${path}/export`, businessUsageExport, `${path}/records#exports`),
    exporting(`POST ${path}/export-own`, usageExport),
    form({
      route: 'POST /platform/tenants/:id/usage/corrections',
      again: tenant,
      submit: submission(tenantsCorrectUsage, correction, (_record, visit) => ({
        to: tenantPath(visit),
        say: 'The correction is added.',
      })),
    }),
  ],
}
