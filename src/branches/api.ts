/** What can be done with sandboxes and branches: by the business itself, and by the operator for it. */
import { Type } from '@sinclair/typebox'
import { calling, reading } from '../operations/operation.ts'
import type { Outward } from '../operations/outward.ts'
import { Id, IdParam, PageOf } from '../operations/shapes.ts'
import { offerWay } from './enter.ts'
import { makeBranch, makeSandbox, type Asker } from './make.ts'
import { familyOf, getSibling, listSiblings, listSiblingsOf } from './read.ts'
import { removeSibling } from './remove.ts'
import { MadeSibling, NewBranch, NewSandbox, Sibling, SiblingFilter, Way } from './schema.ts'

const own = { level: 'tenant', params: IdParam('ten') } as const
const made = { reply: MadeSibling, status: 201, shown_once: true } as const

/** The business asks for itself. */
const forSelf = ({ data, services, scope, tenant_id, attempt_id }: Outward): Asker => ({
  ...{ data, services, scope, parent_id: tenant_id, attempt_id },
})

/** The operator asks: what the business may use counts all the same. */
const forTenant = (outward: Outward, id: string): Asker => {
  const { data, services, attempt_id } = outward
  const parent_id = outward.read((platform) => familyOf(platform, id))
  const scope = { ...outward.scope, terms: services.terms?.(parent_id) }
  return { data, services, scope, parent_id, attempt_id }
}

export const siblingsList = reading(
  {
    id: 'siblings.list',
    route: 'GET /v1/siblings',
    level: 'tenant',
    permission: 'siblings.read',
    summary: 'List the live business, its sandboxes and its branches',
    query: SiblingFilter,
    reply: PageOf(Sibling),
  },
  listSiblings,
)

export const siblingsGet = reading(
  {
    ...own,
    id: 'siblings.get',
    route: 'GET /v1/siblings/:id',
    permission: 'siblings.read',
    summary: 'Get a sandbox, a branch, or the live business',
    reply: Sibling,
  },
  getSibling,
)

export const sandboxesCreate = calling(
  {
    ...made,
    id: 'sandboxes.create',
    route: 'POST /v1/sandboxes',
    level: 'tenant',
    permission: 'siblings.write',
    feature: 'sandboxes',
    summary: 'Make a sandbox: an empty business beside this one, to try things in',
    description:
      'Those who lead this business go over from the console; its token is for programs.',
    body: NewSandbox,
    problems: ['limit_reached', 'conflict'],
    example: { body: { name: 'Harbour, to try things' } },
  },
  (outward, wish) => makeSandbox(forSelf(outward), wish),
)

export const branchesCreate = calling(
  {
    ...made,
    id: 'branches.create',
    route: 'POST /v1/branches',
    level: 'tenant',
    permission: 'siblings.write',
    feature: 'branches',
    summary: 'Make a branch: a copy of this business as it is now, that cannot act outside',
    description:
      'Carriers are simulated; tokens, passwords, webhooks, mails and jobs do not come along. The ' +
      'live business goes on meanwhile.',
    body: NewBranch,
    problems: ['limit_reached', 'conflict'],
    example: { body: { name: 'Harbour, before the move', anonymise: true } },
  },
  (outward, wish) => makeBranch(forSelf(outward), wish),
)

export const siblingsRemove = calling(
  {
    ...own,
    id: 'siblings.remove',
    route: 'DELETE /v1/siblings/:id',
    permission: 'siblings.write',
    summary: 'Remove a sandbox or a branch with all that is in it',
    reply: Sibling,
    problems: ['conflict'],
  },
  (outward, { id }) => removeSibling(outward, outward.tenant_id, id),
)

export const siblingsEnter = calling(
  {
    ...own,
    id: 'siblings.enter',
    route: 'POST /v1/siblings/:id/enter',
    permission: 'siblings.enter',
    summary: 'Open the way over for the person who is signed in: once, within a minute',
    reply: Way,
    shown_once: true,
    while_read_only: true,
    problems: ['conflict'],
  },
  offerWay,
)

const theirs = { level: 'platform', params: IdParam('ten'), permission: 'tenants.write' } as const

export const tenantSiblingsList = reading(
  {
    ...theirs,
    id: 'tenant_siblings.list',
    route: 'GET /v1/platform/tenants/:id/siblings',
    permission: 'tenants.read',
    summary: 'List a tenant with its sandboxes and branches',
    query: SiblingFilter,
    reply: PageOf(Sibling),
  },
  listSiblingsOf,
)

export const tenantSandboxesCreate = calling(
  {
    ...theirs,
    ...made,
    id: 'tenant_sandboxes.create',
    route: 'POST /v1/platform/tenants/:id/sandboxes',
    summary: 'Make a sandbox for a tenant',
    body: NewSandbox,
    problems: ['limit_reached', 'conflict'],
  },
  (outward, { id, ...wish }) => makeSandbox(forTenant(outward, id), wish),
)

export const tenantBranchesCreate = calling(
  {
    ...theirs,
    ...made,
    id: 'tenant_branches.create',
    route: 'POST /v1/platform/tenants/:id/branches',
    summary: 'Make a branch of a tenant',
    body: NewBranch,
    problems: ['limit_reached', 'conflict'],
  },
  (outward, { id, ...wish }) => makeBranch(forTenant(outward, id), wish),
)

export const tenantSiblingsRemove = calling(
  {
    ...theirs,
    id: 'tenant_siblings.remove',
    route: 'DELETE /v1/platform/tenants/:id/siblings/:sibling_id',
    params: Type.Object({ id: Id('ten'), sibling_id: Id('ten') }),
    summary: 'Remove a sandbox or a branch of a tenant',
    reply: Sibling,
    problems: ['conflict'],
  },
  (outward, { id, sibling_id }) => removeSibling(outward, id, sibling_id),
)

export const api = [
  siblingsList,
  siblingsGet,
  sandboxesCreate,
  branchesCreate,
  siblingsRemove,
  siblingsEnter,
  tenantSiblingsList,
  tenantSandboxesCreate,
  tenantBranchesCreate,
  tenantSiblingsRemove,
]
