/** What can be done about support access: the operator asks for it, the business watches and ends it. */
import { calling, reading } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { endSupportVisit } from './end.ts'
import { support_permission } from './open.ts'
import { listImpersonations, listSupportVisits } from './read.ts'
import {
  Impersonation,
  ImpersonationFilter,
  NewImpersonation,
  OfferedImpersonation,
  SupportVisit,
  SupportVisitFilter,
} from './schema.ts'
import { startImpersonation } from './start.ts'

export const impersonationsStart = calling(
  {
    id: 'impersonations.start',
    route: 'POST /v1/platform/impersonations',
    level: 'platform',
    permission: support_permission,
    summary:
      'Ask for a look through the eyes of a member; the reply holds a link that opens it once',
    description:
      'For at most an hour. The business reads the reason, gets a mail, sees it in its own list and ' +
      'in its audit trail, and can forbid it. Only a person of the staff can open the link.',
    body: NewImpersonation,
    reply: OfferedImpersonation,
    status: 201,
    shown_once: true,
    step_up: true,
    problems: ['not_found', 'support_refused', 'invalid'],
  },
  startImpersonation,
)

export const platformImpersonationsList = reading(
  {
    id: 'platform_impersonations.list',
    route: 'GET /v1/platform/impersonations',
    level: 'platform',
    permission: 'tenants.read',
    summary: 'List who of the staff looked through whose eyes, and why',
    query: ImpersonationFilter,
    reply: PageOf(Impersonation),
  },
  listImpersonations,
)

export const impersonationsList = reading(
  {
    id: 'impersonations.list',
    route: 'GET /v1/impersonations',
    level: 'tenant',
    permission: 'security.read',
    summary: 'List when the operator’s staff looked into the business, who, and why',
    query: SupportVisitFilter,
    reply: PageOf(SupportVisit),
  },
  listSupportVisits,
)

export const impersonationsEnd = calling(
  {
    id: 'impersonations.end',
    route: 'POST /v1/impersonations/:id/end',
    level: 'tenant',
    permission: 'security.write',
    summary: 'Show the operator’s staff out at once',
    params: IdParam('imp'),
    reply: SupportVisit,
    while_read_only: true,
    noted_on_platform: true,
  },
  endSupportVisit,
)

export const impersonation_api = [
  impersonationsStart,
  platformImpersonationsList,
  impersonationsList,
  impersonationsEnd,
]
