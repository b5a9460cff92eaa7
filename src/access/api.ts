/** What can be done with tokens, members and staff. */
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { addMember } from './add-member.ts'
import { changeRole, removeMember } from './change-member.ts'
import { createToken } from './create-token.ts'
import { getMember, listMembers, listRoles } from './read-members.ts'
import { getToken, listTokens } from './read-tokens.ts'
import { revokeToken } from './revoke-token.ts'
import { rotateToken } from './rotate-token.ts'
import {
  AddedMember,
  IssuedToken,
  Member,
  MemberChange,
  MemberFilter,
  NewBusinessToken,
  NewMember,
  NewPlatformToken,
  NewStaffMember,
  RoleList,
  Rotation,
  SetupLink,
  StaffChange,
  Token,
  TokenFilter,
} from './schema.ts'
import { renewSetupLink } from './setup-link.ts'

/** The platform's own tokens are looked after as those of a business are. */
const at_business = { level: 'organization', room: 'tokens', path: 'tokens' } as const
const at_platform = { level: 'platform', room: 'platform_tokens', path: 'platform/tokens' } as const

const listingTokens = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  reading(
    {
      id: `${room}.list`,
      route: `GET /v1/${path}`,
      level,
      permission: 'tokens.read',
      summary: 'List tokens, without their text',
      query: TokenFilter,
      reply: PageOf(Token),
    },
    listTokens,
  )

const gettingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/:id`,
      level,
      permission: 'tokens.read',
      summary: 'Get a token, without its text',
      params: IdParam('tok'),
      reply: Token,
    },
    getToken,
  )

const rotatingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  writing(
    {
      id: `${room}.rotate`,
      route: `POST /v1/${path}/:id/rotate`,
      level,
      permission: 'tokens.write',
      summary: 'Replace a token by a new one; for an overlap both work',
      params: IdParam('tok'),
      body: Rotation,
      reply: IssuedToken,
      status: 201,
      subject: getToken,
      match: 'optional',
      shown_once: true,
      problems: ['already_rotated', 'token_inactive', 'exceeds_own_rights'],
      example: { body: { overlap_s: 3_600 } },
    },
    rotateToken,
  )

const revokingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  writing(
    {
      id: `${room}.revoke`,
      route: `POST /v1/${path}/:id/revoke`,
      level,
      permission: 'tokens.write',
      summary: 'End a token at once',
      params: IdParam('tok'),
      reply: Token,
      subject: getToken,
      match: 'optional',
    },
    revokeToken,
  )

export const tokensList = listingTokens(at_business)
export const tokensGet = gettingToken(at_business)
export const tokensCreate = writing(
  {
    id: 'tokens.create',
    route: 'POST /v1/tokens',
    level: 'organization',
    permission: 'tokens.write',
    summary: 'Create a token; its text is in this reply and nowhere else',
    body: NewBusinessToken,
    reply: IssuedToken,
    status: 201,
    shown_once: true,
    problems: ['exceeds_own_rights', 'not_found'],
    example: { body: { name: 'Shop connector', scopes: ['items.read', 'orders.*'] } },
  },
  createToken,
)
export const tokensRotate = rotatingToken(at_business)
export const tokensRevoke = revokingToken(at_business)

export const platformTokensList = listingTokens(at_platform)
export const platformTokensGet = gettingToken(at_platform)
export const platformTokensCreate = writing(
  {
    id: 'platform_tokens.create',
    route: 'POST /v1/platform/tokens',
    level: 'platform',
    permission: 'tokens.write',
    summary: 'Create a token for the platform; its text is in this reply and nowhere else',
    body: NewPlatformToken,
    reply: IssuedToken,
    status: 201,
    shown_once: true,
    problems: ['exceeds_own_rights'],
    example: { body: { name: 'Provisioning', scopes: ['tenants.*'] } },
  },
  createToken,
)
export const platformTokensRotate = rotatingToken(at_platform)
export const platformTokensRevoke = revokingToken(at_platform)

export const rolesList = reading(
  {
    id: 'roles.list',
    route: 'GET /v1/roles',
    level: 'organization',
    permission: 'members.read',
    summary: 'List the roles of an organization and what each may do',
    reply: RoleList,
  },
  listRoles,
)

const one_member = { level: 'organization', params: IdParam('usr'), reply: Member } as const
const one_staff = { level: 'platform', params: IdParam('usr'), reply: Member } as const

export const membersList = reading(
  {
    id: 'members.list',
    route: 'GET /v1/members',
    level: 'organization',
    permission: 'members.read',
    summary: 'List the members of the organization',
    query: MemberFilter,
    reply: PageOf(Member),
  },
  listMembers,
)
export const membersGet = reading(
  {
    ...one_member,
    id: 'members.get',
    route: 'GET /v1/members/:id',
    permission: 'members.read',
    summary: 'Get a member',
  },
  getMember,
)
export const membersAdd = writing(
  {
    id: 'members.add',
    route: 'POST /v1/members',
    level: 'organization',
    permission: 'members.write',
    summary: 'Add a person to the organization; a new one gets a set-up link',
    body: NewMember,
    reply: AddedMember,
    status: 201,
    shown_once: true,
    problems: ['member_exists', 'exceeds_own_rights'],
    example: { body: { email: 'pim@harbour.test', name: 'Pim', role: 'member' } },
  },
  addMember,
)
export const membersUpdate = writing(
  {
    ...one_member,
    id: 'members.update',
    route: 'PATCH /v1/members/:id',
    permission: 'members.write',
    summary: 'Give a member another role',
    body: MemberChange,
    subject: getMember,
    problems: ['last_owner', 'exceeds_own_rights'],
    example: { body: { role: 'viewer' } },
  },
  changeRole,
)
export const membersRemove = writing(
  {
    ...one_member,
    id: 'members.remove',
    route: 'DELETE /v1/members/:id',
    permission: 'members.write',
    summary: 'Remove a member from the organization',
    subject: getMember,
    problems: ['last_owner', 'exceeds_own_rights'],
  },
  removeMember,
)
export const membersRenewSetupLink = writing(
  {
    id: 'members.renew_setup_link',
    route: 'POST /v1/members/:id/setup_link',
    level: 'organization',
    permission: 'members.write',
    summary: 'Make a new set-up link for a member who cannot come in',
    params: IdParam('usr'),
    reply: SetupLink,
    status: 201,
    subject: getMember,
    shown_once: true,
    problems: ['exceeds_own_rights'],
  },
  renewSetupLink,
)

export const staffList = reading(
  {
    id: 'staff.list',
    route: 'GET /v1/platform/staff',
    level: 'platform',
    permission: 'staff.read',
    summary: 'List the staff of the operator',
    query: MemberFilter,
    reply: PageOf(Member),
  },
  listMembers,
)
export const staffGet = reading(
  {
    ...one_staff,
    id: 'staff.get',
    route: 'GET /v1/platform/staff/:id',
    permission: 'staff.read',
    summary: 'Get a person of the staff',
  },
  getMember,
)
export const staffAdd = writing(
  {
    id: 'staff.add',
    route: 'POST /v1/platform/staff',
    level: 'platform',
    permission: 'staff.write',
    summary: 'Add a person to the staff, who gets a set-up link',
    body: NewStaffMember,
    reply: AddedMember,
    status: 201,
    shown_once: true,
    problems: ['member_exists', 'exceeds_own_rights'],
    example: { body: { email: 'ada@operator.test', name: 'Ada', role: 'support' } },
  },
  addMember,
)
export const staffUpdate = writing(
  {
    ...one_staff,
    id: 'staff.update',
    route: 'PATCH /v1/platform/staff/:id',
    permission: 'staff.write',
    summary: 'Give a person of the staff another role',
    body: StaffChange,
    subject: getMember,
    problems: ['last_owner', 'exceeds_own_rights'],
    example: { body: { role: 'support' } },
  },
  changeRole,
)
export const staffRemove = writing(
  {
    ...one_staff,
    id: 'staff.remove',
    route: 'DELETE /v1/platform/staff/:id',
    permission: 'staff.write',
    summary: 'Remove a person from the staff',
    subject: getMember,
    problems: ['last_owner', 'exceeds_own_rights'],
  },
  removeMember,
)

export const api = [
  tokensList,
  tokensGet,
  tokensCreate,
  tokensRotate,
  tokensRevoke,
  platformTokensList,
  platformTokensGet,
  platformTokensCreate,
  platformTokensRotate,
  platformTokensRevoke,
  rolesList,
  membersList,
  membersGet,
  membersAdd,
  membersUpdate,
  membersRemove,
  membersRenewSetupLink,
  staffList,
  staffGet,
  staffAdd,
  staffUpdate,
  staffRemove,
]
