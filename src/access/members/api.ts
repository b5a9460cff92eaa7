/** What can be done with the people of an organization, and of the operator's staff. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { addMember } from '../add-member.ts'
import { changeMember, removeMember } from '../change-member.ts'
import { getMember, listMembers } from '../read-members.ts'
import {
  AddedMember,
  Member,
  MemberChange,
  MemberFilter,
  NewMember,
  NewStaffMember,
  SetupLink,
  StaffChange,
} from '../schema.ts'
import { renewSetupLink } from '../setup-link.ts'

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
    problems: [
      'member_exists',
      'person_known',
      'exceeds_own_rights',
      'step_up_required',
      'limit_reached',
    ],
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
    problems: ['last_owner', 'exceeds_own_rights', 'step_up_required'],
    example: { body: { role: 'viewer' } },
  },
  changeMember,
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
    problems: ['exceeds_own_rights', 'step_up_required'],
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
    problems: ['member_exists', 'person_known', 'exceeds_own_rights', 'step_up_required'],
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
    problems: ['last_owner', 'exceeds_own_rights', 'step_up_required'],
    example: { body: { role: 'support' } },
  },
  changeMember,
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

export const members_api = [
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
