/** What the operator requires of businesses, and what a business may use and fulfil. */
import { Type } from '@sinclair/typebox'
import { calling, reading, writing } from '../../operations/operation.ts'
import { Id, IdParam, PageOf } from '../../operations/shapes.ts'
import { fulfilRequirement, getCapabilities } from './capabilities.ts'
import { catalogueEntries } from './catalogue.ts'
import { getRequirement, listRequirements } from './read.ts'
import {
  Capabilities,
  CatalogueEntry,
  NewRequirement,
  Reopening,
  Requirement,
  RequirementFilter,
  Settling,
} from './schema.ts'
import { addRequirement, meetRequirement, reopenRequirement, waiveRequirement } from './settle.ts'

const one = {
  level: 'platform',
  permission: 'tenants.write',
  params: IdParam('req'),
  reply: Requirement,
  subject: getRequirement,
  match: 'optional',
} as const

export const requirementsList = reading(
  {
    id: 'requirements.list',
    route: 'GET /v1/platform/requirements',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List what is required of businesses',
    query: RequirementFilter,
    reply: PageOf(Requirement),
  },
  listRequirements,
)

export const requirementsCatalogue = reading(
  {
    id: 'requirements.catalogue',
    route: 'GET /v1/platform/requirements/catalogue',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List the requirements that are known by a code, and how each is met',
    reply: Type.Object({ data: Type.Array(CatalogueEntry) }),
  },
  () => ({ data: catalogueEntries() }),
)

export const requirementsAdd = writing(
  {
    id: 'requirements.add',
    route: 'POST /v1/platform/tenants/:id/requirements',
    level: 'platform',
    permission: 'tenants.write',
    summary: 'Require something of a business, by a time or some day',
    params: Type.Object({ id: Id('ten') }),
    body: NewRequirement,
    reply: Requirement,
    status: 201,
    problems: ['conflict', 'duplicate_requirement'],
    example: {
      body: {
        code: 'documents_checked',
        capabilities: ['shipping'],
        due_at: '2026-12-31T00:00:00.000Z',
      },
    },
  },
  addRequirement,
)

export const requirementsMeet = writing(
  {
    ...one,
    id: 'requirements.meet',
    problems: ['conflict'],
    route: 'POST /v1/platform/requirements/:id/meet',
    summary: 'Say that a requirement is met',
    body: Settling,
    example: { body: { note: 'The register entry was seen.' } },
  },
  meetRequirement,
)

export const requirementsWaive = writing(
  {
    ...one,
    id: 'requirements.waive',
    problems: ['conflict'],
    route: 'POST /v1/platform/requirements/:id/waive',
    summary: 'No longer ask for a requirement',
    body: Settling,
    example: { body: { note: 'Not needed for a business of this size.' } },
  },
  waiveRequirement,
)

export const requirementsReopen = writing(
  {
    ...one,
    id: 'requirements.reopen',
    problems: ['conflict'],
    route: 'POST /v1/platform/requirements/:id/reopen',
    summary: 'Ask for a requirement again that was met or waived',
    body: Reopening,
    example: { body: { due_at: '2027-01-31T00:00:00.000Z' } },
  },
  reopenRequirement,
)

export const capabilitiesGet = reading(
  {
    id: 'capabilities.get',
    route: 'GET /v1/capabilities',
    level: 'tenant',
    permission: 'business.read',
    summary: 'Get what the business may use, what is due for each, and when',
    reply: Capabilities,
  },
  getCapabilities,
)

export const capabilitiesFulfil = calling(
  {
    id: 'capabilities.fulfil',
    route: 'POST /v1/requirements/:id/fulfil',
    level: 'tenant',
    permission: 'business.write',
    summary: 'Accept a requirement, or have it looked at whether it is done',
    params: IdParam('req'),
    reply: Requirement,
    problems: ['conflict', 'requirement_unmet'],
  },
  fulfilRequirement,
)

export const api = [
  requirementsList,
  requirementsCatalogue,
  requirementsAdd,
  requirementsMeet,
  requirementsWaive,
  requirementsReopen,
  capabilitiesGet,
  capabilitiesFulfil,
]
