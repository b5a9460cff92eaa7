/** The console's pages for people: the team of an organization, and the operator's staff. */
import type { TypedOperation } from '../../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Form,
  type Page,
  type RoomPages,
  type Visit,
} from '../../operations/page.ts'
import { memberView } from '../../../views/access/member.tsx'
import { membersView, type RoleChoice, type TeamFrame } from '../../../views/access/members.tsx'
import { setupLinkView } from '../../../views/access/shown-once.tsx'
import { listUrl } from '../list-url.ts'
import {
  membersEndSessions,
  membersSessions,
  staffEndSessions,
  staffSessions,
} from '../own-sessions/api.ts'
import { staff_role_names } from '../permissions.ts'
import { rolesList } from '../roles/api.ts'
import { membersRemoveSecondFactor, staffRemoveSecondFactor } from '../second-factor/api.ts'
import {
  membersAdd,
  membersGet,
  membersList,
  membersRemove,
  membersRenewSetupLink,
  membersUpdate,
  staffAdd,
  staffGet,
  staffList,
  staffRemove,
  staffUpdate,
} from './api.ts'

export const team: TeamFrame = {
  title: 'Team',
  path: '/settings/members',
  tabs: [
    ['Members', '/settings/members'],
    ['Invitations', '/settings/invitations'],
    ['Roles', '/settings/roles'],
  ],
}

export const staff: TeamFrame = {
  title: 'Staff',
  path: '/platform/staff',
  tabs: [
    ['Staff', '/platform/staff'],
    ['Invitations', '/platform/invitations'],
  ],
}

/** What can be given to a member: the built-in roles, and the first hundred of one's own. */
export const teamRoles = (visit: Visit): RoleChoice[] =>
  visit.may('roles.read') ? visit.ask(rolesList, { limit: 100 }).data : []

export const staffRoles = (): RoleChoice[] =>
  staff_role_names.map((name) => ({
    id: name,
    name,
    summary: name === 'operator' ? 'Everything.' : 'Reads all and changes nothing.',
  }))

/** Members of an organization and the staff have the same pages over their own operations. */
interface PeopleDesk {
  frame: TeamFrame
  group: string
  room: 'members' | 'staff'
  roles: (visit: Visit) => RoleChoice[]
  list: typeof membersList
  get: typeof membersGet
  add: typeof membersAdd | typeof staffAdd
  update: typeof membersUpdate | typeof staffUpdate
  remove: typeof membersRemove
  sessions: typeof membersSessions
  end_sessions: typeof membersEndSessions
  remove_factor: typeof membersRemoveSecondFactor
}

function listPage({ frame, group, room, roles, list }: PeopleDesk): Page {
  return page({
    route: `GET ${frame.path as '/'}`,
    title: frame.title,
    nav: {
      group,
      label: frame.title,
      icon: 'people',
      permission: `${room}.read`,
      ...(room === 'staff' && { level: 'platform' as const }),
    },
    show: (visit) =>
      membersView({
        frame,
        url: listUrl(visit, frame.path),
        state: formState(visit),
        roles: roles(visit),
        may_write: visit.may(`${room}.write`),
        members: visit.ask(list, visit.query(list)),
      }),
  })
}

function memberPage({ frame, room, roles, get, sessions }: PeopleDesk): Page {
  return page({
    route: `GET ${frame.path as '/'}/:id`,
    title: (visit) => visit.ask(get, { id: visit.params.id ?? '' }).name,
    show: (visit) => {
      const member = visit.ask(get, { id: visit.params.id ?? '' })
      return memberView({
        frame,
        state: formState(visit),
        member,
        roles: roles(visit),
        may_write: visit.may(`${room}.write`),
        may_erase: visit.may(`${room}.erase`) && visit.visitor.principal.level !== 'organization',
        renews_links: room === 'members',
        sessions: visit.may(`${room}.sessions`)
          ? visit.ask(sessions, { id: member.id, limit: 100 }).data
          : undefined,
      })
    },
  })
}

function peopleDesk(desk: PeopleDesk): RoomPages {
  const to = desk.frame.path
  const list = listPage(desk)
  const member = memberPage(desk)
  return {
    pages: [list, member],
    forms: [
      form({
        route: `POST ${to as '/'}`,
        again: list,
        submit: submission(
          desk.add as TypedOperation<'write', never, { name: string; setup_path: string }>,
          (fields) => ({
            name: given(fields, 'name') ?? '',
            email: given(fields, 'email') ?? '',
            role: given(fields, 'role') ?? '',
          }),
          ({ name, setup_path }, visit) =>
            showLink(visit, `A link for ${name}`, setup_path, desk.frame),
        ),
      }),
      form({
        route: `POST ${to as '/'}/:id/role`,
        again: member,
        submit: submission(
          desk.update as TypedOperation<'write', never, Changed>,
          (fields, { id }) => ({ id, role: given(fields, 'role') ?? '' }),
          ({ id, name, role_name }) => ({
            to: `${to}/${id}`,
            say: `${name} is ${role_name} now.`,
          }),
        ),
      }),
      form({
        route: `POST ${to as '/'}/:id/remove`,
        again: member,
        submit: submission(
          desk.remove,
          (_, { id }) => ({ id }),
          ({ name }) => ({ to, say: `${name} was removed.` }),
        ),
      }),
      ...waysIn(desk, member),
    ],
  }
}

/** How a person comes in: the second factor, and where he is signed in. */
const waysIn = ({ frame, remove_factor, end_sessions }: PeopleDesk, member: Page): Form[] => [
  form({
    route: `POST ${frame.path as '/'}/:id/second_factor`,
    again: member,
    submit: submission(
      remove_factor,
      (_, { id }) => ({ id }),
      ({ id, email }) => ({
        to: `${frame.path}/${id}`,
        say: `${email} comes in with the password alone now, and was told by mail.`,
      }),
    ),
  }),
  form({
    route: `POST ${frame.path as '/'}/:id/end_sessions`,
    again: member,
    submit: submission(
      end_sessions,
      (_, { id }) => ({ id }),
      ({ ended }, visit) => ({
        to: `${frame.path}/${visit.params.id}`,
        say: ended === 1 ? 'One session was ended.' : `${ended} sessions were ended.`,
      }),
    ),
  }),
]

interface Changed {
  id: string
  name: string
  role_name: string
}

const showLink = ({ services }: Visit, title: string, setup_path: string, frame: TeamFrame) => ({
  title,
  show: setupLinkView({
    url: `${services.public_url}${setup_path}`,
    title,
    back: [frame.title, frame.path],
  }),
})

const of_team = peopleDesk({
  frame: team,
  group: 'People',
  room: 'members',
  roles: teamRoles,
  list: membersList,
  get: membersGet,
  add: membersAdd,
  update: membersUpdate,
  remove: membersRemove,
  sessions: membersSessions,
  remove_factor: membersRemoveSecondFactor,
  end_sessions: membersEndSessions,
})

const of_staff = peopleDesk({
  frame: staff,
  group: 'People',
  room: 'staff',
  roles: staffRoles,
  list: staffList,
  get: staffGet,
  add: staffAdd,
  update: staffUpdate,
  remove: staffRemove,
  sessions: staffSessions,
  remove_factor: staffRemoveSecondFactor,
  end_sessions: staffEndSessions,
})

const renewLink = form({
  route: 'POST /settings/members/:id/setup_link',
  again: of_team.pages[1]!,
  submit: submission(
    membersRenewSetupLink,
    (_, { id }) => ({ id }),
    ({ setup_path }, visit) => showLink(visit, 'A new link', setup_path, team),
  ),
})

export const people_pages: RoomPages[] = [of_team, of_staff, { pages: [], forms: [renewLink] }]
