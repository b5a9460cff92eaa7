/** What can be done with the domains of a business. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import type { Outward } from '../operations/outward.ts'
import { addDomain } from './add.ts'
import { preferDomain } from './prefer.ts'
import {
  findDomainOf,
  getDomain,
  getPlatformDomain,
  listDomains,
  listPlatformDomains,
} from './read.ts'
import { releaseDomain, releasePlatformDomain } from './release.ts'
import { Domain, DomainFilter, NewDomain, PlatformDomain, PlatformDomainFilter } from './schema.ts'
import { verifyDomain } from './verify.ts'

const own = { level: 'tenant', permission: 'domains.write', reply: Domain } as const
const one = { ...own, params: IdParam('dom') } as const
const platform = {
  level: 'platform',
  params: IdParam('dom'),
  reply: PlatformDomain,
} as const

export const domainsList = reading(
  {
    id: 'domains.list',
    route: 'GET /v1/domains',
    level: 'tenant',
    permission: 'domains.read',
    summary: 'List the domains of the business',
    query: DomainFilter,
    reply: PageOf(Domain),
  },
  listDomains,
)

export const domainsGet = reading(
  {
    ...one,
    id: 'domains.get',
    route: 'GET /v1/domains/:id',
    permission: 'domains.read',
    summary: 'Get a domain, with what has to stand in the DNS',
  },
  getDomain,
)

export const domainsAdd = calling(
  {
    ...own,
    id: 'domains.create',
    route: 'POST /v1/domains',
    feature: 'custom_domains',
    summary: 'Add a domain of your own',
    description: 'Put the TXT record of its `proof` into the DNS, then verify it.',
    body: NewDomain,
    status: 201,
    problems: ['limit_reached', 'domain_taken', 'domain_quarantined'],
    example: { body: { domain: 'shipping.customer.example' } },
  },
  addDomain,
)

export const domainsVerify = calling(
  {
    ...one,
    id: 'domains.verify',
    route: 'POST /v1/domains/:id/verify',
    feature: 'custom_domains',
    summary: 'Look for the proof of a domain in the DNS',
    description: 'The first domain of its own that a business proves becomes its primary one.',
    problems: ['domain_not_proven', 'domain_taken', 'domain_quarantined'],
  },
  async (outward: Outward, { id }: { id: string }) => {
    await verifyDomain(outward, id)
    return outward.data.platform.read(outward.scope, (read) =>
      findDomainOf(read, outward.tenant_id, id),
    )
  },
)

export const domainsPrefer = calling(
  {
    ...one,
    id: 'domains.prefer',
    route: 'POST /v1/domains/:id/make_primary',
    summary: 'Make a verified domain the primary one',
    problems: ['conflict'],
  },
  preferDomain,
)

export const domainsRelease = calling(
  {
    ...one,
    id: 'domains.release',
    route: 'DELETE /v1/domains/:id',
    summary: 'Give a domain up',
    description: 'What was proven once is kept from others for 30 days; you may add it again.',
    problems: ['conflict'],
  },
  releaseDomain,
)

export const platformDomainsList = reading(
  {
    id: 'platform_domains.list',
    route: 'GET /v1/platform/domains',
    level: 'platform',
    permission: 'domains.read',
    summary: 'List the domains of all businesses',
    query: PlatformDomainFilter,
    reply: PageOf(PlatformDomain),
  },
  listPlatformDomains,
)

export const platformDomainsGet = reading(
  {
    ...platform,
    id: 'platform_domains.get',
    route: 'GET /v1/platform/domains/:id',
    permission: 'domains.read',
    summary: 'Get a domain of any business',
  },
  getPlatformDomain,
)

export const platformDomainsVerify = calling(
  {
    ...platform,
    id: 'platform_domains.verify',
    route: 'POST /v1/platform/domains/:id/verify',
    permission: 'domains.write',
    summary: 'Look for the proof of a domain in the DNS',
    problems: ['domain_not_proven', 'domain_taken', 'domain_quarantined'],
  },
  (outward: Outward, { id }: { id: string }) => verifyDomain(outward, id),
)

export const platformDomainsRelease = writing(
  {
    ...platform,
    id: 'platform_domains.release',
    route: 'DELETE /v1/platform/domains/:id',
    permission: 'domains.write',
    summary: 'Take a domain from a business, or a released one out of its quarantine',
    subject: getPlatformDomain,
    problems: ['conflict'],
  },
  releasePlatformDomain,
)

export const api = [
  domainsList,
  domainsGet,
  domainsAdd,
  domainsVerify,
  domainsPrefer,
  domainsRelease,
  platformDomainsList,
  platformDomainsGet,
  platformDomainsVerify,
  platformDomainsRelease,
]
