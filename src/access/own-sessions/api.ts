/** What can be done with sessions: one's own, and those of a member. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { getMember } from '../read-members.ts'
import { endMemberSessions, endOtherSessions, endOwnSession } from './end.ts'
import { getOwnSession, listMemberSessions, listOwnSessions } from './read.ts'
import { OpenSession, SessionFilter, SessionsEnded } from './schema.ts'

/** Staff have sessions as the people of a business have. */
const at_business = {
  level: 'organization',
  own: 'account_sessions',
  own_path: 'account/sessions',
  people: 'members',
  people_path: 'members',
} as const
const at_platform = {
  level: 'platform',
  own: 'platform_account_sessions',
  own_path: 'platform/account/sessions',
  people: 'staff',
  people_path: 'platform/staff',
} as const
type Place = typeof at_business | typeof at_platform

const listing = ({ level, own, own_path }: Place) =>
  reading(
    {
      id: `${own}.list`,
      route: `GET /v1/${own_path}`,
      level,
      permission: 'account.read',
      summary: 'List where you are signed in; a token is nowhere',
      query: SessionFilter,
      reply: PageOf(OpenSession),
    },
    listOwnSessions,
  )

const ending = ({ level, own, own_path }: Place) =>
  writing(
    {
      id: `${own}.end`,
      route: `DELETE /v1/${own_path}/:id`,
      level,
      permission: 'account.write',
      summary: 'Sign yourself out in one place',
      params: IdParam('ses'),
      reply: OpenSession,
      subject: getOwnSession,
    },
    endOwnSession,
  )

const endingOthers = ({ level, own, own_path }: Place) =>
  writing(
    {
      id: `${own}.end_others`,
      route: `POST /v1/${own_path}/end_others`,
      level,
      permission: 'account.write',
      summary: 'Sign yourself out everywhere but here',
      reply: SessionsEnded,
    },
    endOtherSessions,
  )

const listingOfMember = ({ level, people, people_path }: Place) =>
  reading(
    {
      id: `${people}.sessions`,
      route: `GET /v1/${people_path}/:id/sessions`,
      level,
      // Addresses are nobody's business who does not look after people: not for `*.read`.
      permission: `${people}.sessions`,
      summary: 'List where a person is signed in',
      params: IdParam('usr'),
      query: SessionFilter,
      reply: PageOf(OpenSession),
    },
    listMemberSessions,
  )

const endingOfMember = ({ level, people, people_path }: Place) =>
  writing(
    {
      id: `${people}.end_sessions`,
      route: `POST /v1/${people_path}/:id/end_sessions`,
      level,
      permission: `${people}.sessions`,
      summary: 'Sign a person out everywhere',
      params: IdParam('usr'),
      reply: SessionsEnded,
      subject: getMember,
      problems: ['exceeds_own_rights'],
    },
    endMemberSessions,
  )

export const accountSessionsList = listing(at_business)
export const accountSessionsEnd = ending(at_business)
export const accountSessionsEndOthers = endingOthers(at_business)
export const membersSessions = listingOfMember(at_business)
export const membersEndSessions = endingOfMember(at_business)
export const platformAccountSessionsList = listing(at_platform)
export const platformAccountSessionsEnd = ending(at_platform)
export const platformAccountSessionsEndOthers = endingOthers(at_platform)
export const staffSessions = listingOfMember(at_platform)
export const staffEndSessions = endingOfMember(at_platform)

export const sessions_api = [
  accountSessionsList,
  accountSessionsEnd,
  accountSessionsEndOthers,
  membersSessions,
  membersEndSessions,
  platformAccountSessionsList,
  platformAccountSessionsEnd,
  platformAccountSessionsEndOthers,
  staffSessions,
  staffEndSessions,
]
