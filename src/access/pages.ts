/** The console's pages for tokens, members and staff, and the entrances. */
import type { TypedOperation } from '../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type Page,
  type RoomPages,
  type Visit,
} from '../operations/page.ts'
import { membersView } from '../../views/access/members.tsx'
import { setupLinkView, tokenShownView } from '../../views/access/shown-once.tsx'
import { tokensView } from '../../views/access/tokens.tsx'
import {
  membersAdd,
  membersList,
  membersRemove,
  membersRenewSetupLink,
  membersUpdate,
  staffAdd,
  staffList,
  staffRemove,
  staffUpdate,
} from './members/api.ts'
import {
  platformTokensCreate,
  platformTokensList,
  platformTokensRevoke,
  platformTokensRotate,
  tokensCreate,
  tokensList,
  tokensRevoke,
  tokensRotate,
} from './tokens/api.ts'
import { entrances } from './entrances.ts'
import { role_names, role_summaries, staff_role_names } from './permissions.ts'

/** A form that came back is shown under its own address; its list is still at this one. */
const urlOf = (visit: Visit, path: string): URL =>
  visit.problem ? new URL(`/${path}`, visit.url) : visit.url

const showLink = (
  { services }: Visit,
  title: string,
  setup_path: string,
  back: readonly [string, string],
) => ({ title, show: setupLinkView({ url: `${services.public_url}${setup_path}`, title, back }) })

/** Tokens of a business and of the platform have the same pages over their own operations. */
interface TokenDesk {
  path: string
  group: string
  platform: boolean
  list: typeof tokensList
  create: typeof tokensCreate | typeof platformTokensCreate
  rotate: typeof tokensRotate
  revoke: typeof tokensRevoke
}

function tokenDesk(desk: TokenDesk): RoomPages {
  const { path } = desk
  const show = page({
    route: `GET /${path}`,
    title: 'Tokens',
    nav: {
      group: desk.group,
      label: 'Tokens',
      icon: 'key',
      permission: 'tokens.read',
      ...(desk.platform && { level: 'platform' as const }),
    },
    show: (visit) =>
      tokensView({
        path: `/${path}`,
        url: urlOf(visit, path),
        state: formState(visit),
        organizations:
          visit.visitor.principal.level === 'tenant' ? visit.visitor.organizations : [],
        may_write: visit.may('tokens.write'),
        tokens: visit.ask(desk.list, visit.query(desk.list)),
      }),
  })
  const shown = { title: 'The new token', to: `/${path}` }
  return {
    pages: [show],
    forms: [
      form({
        route: `POST /${path}`,
        again: show,
        submit: submission(
          desk.create as TypedOperation<'write', never, { token: string; name: string }>,
          readToken,
          ({ token, name }) => ({
            ...shown,
            show: tokenShownView({ token, name, back: shown.to }),
          }),
        ),
      }),
      form({
        route: `POST /${path}/:id/rotate`,
        again: show,
        submit: submission(
          desk.rotate,
          (fields, { id }) => ({ id, overlap_s: given(fields, 'overlap_s') }),
          ({ token, name }) => ({
            ...shown,
            show: tokenShownView({ token, name, back: shown.to }),
          }),
        ),
      }),
      form({
        route: `POST /${path}/:id/revoke`,
        again: show,
        submit: submission(
          desk.revoke,
          (_, { id }) => ({ id }),
          ({ name }) => ({ to: shown.to, say: `The token “${name}” has ended.` }),
        ),
      }),
    ],
  }
}

/** Scopes and addresses are written one to a line or separated by spaces. */
const words = (fields: Fields, name: string): string[] =>
  (fields.get(name) ?? '').split(/[\s,]+/).filter(Boolean)

function readToken(fields: Fields): unknown {
  const allowed_ips = words(fields, 'allowed_ips')
  const day = given(fields, 'expires_on')
  const organization_id = given(fields, 'organization_id')
  return {
    name: given(fields, 'name') ?? '',
    scopes: words(fields, 'scopes'),
    ...(organization_id && { organization_id }),
    ...(allowed_ips.length > 0 && { allowed_ips }),
    ...(day && { expires_at: `${day}T23:59:59Z` }),
  }
}

/** Members of an organization and the staff have the same pages over their own operations. */
interface PeopleDesk {
  path: string
  title: string
  group: string
  permission: string
  platform: boolean
  roles: readonly { name: string; summary: string }[]
  list: typeof membersList
  add: typeof membersAdd | typeof staffAdd
  update: typeof membersUpdate | typeof staffUpdate
  remove: typeof membersRemove
}

function peopleDesk(desk: PeopleDesk): RoomPages {
  const { path } = desk
  const to = `/${path}`
  const show: Page = page({
    route: `GET /${path}`,
    title: desk.title,
    nav: {
      group: desk.group,
      label: desk.title,
      icon: 'people',
      permission: `${desk.permission}.read`,
      ...(desk.platform && { level: 'platform' as const }),
    },
    show: (visit: Visit) =>
      membersView({
        path: to,
        url: urlOf(visit, path),
        state: formState(visit),
        title: desk.title,
        roles: desk.roles,
        renews_links: !desk.platform,
        may_write: visit.may(`${desk.permission}.write`),
        members: visit.ask(desk.list, visit.query(desk.list)),
      }),
  })
  return {
    pages: [show],
    forms: [
      form({
        route: `POST /${path}`,
        again: show,
        submit: submission(
          desk.add as TypedOperation<'write', never, { name: string; setup_path: string | null }>,
          (fields) => ({
            name: given(fields, 'name') ?? '',
            email: given(fields, 'email') ?? '',
            role: given(fields, 'role') ?? '',
          }),
          ({ name, setup_path }, visit) =>
            setup_path
              ? showLink(visit, `A link for ${name}`, setup_path, [desk.title, to])
              : { to, say: `${name} is a member now and signs in as before.` },
        ),
      }),
      form({
        route: `POST /${path}/:id/role`,
        again: show,
        submit: submission(
          desk.update as TypedOperation<'write', never, { name: string; role: string }>,
          (fields, { id }) => ({ id, role: given(fields, 'role') ?? '' }),
          ({ name, role }) => ({ to, say: `${name} is ${role} now.` }),
        ),
      }),
      form({
        route: `POST /${path}/:id/remove`,
        again: show,
        submit: submission(
          desk.remove,
          (_, { id }) => ({ id }),
          ({ name }) => ({ to, say: `${name} was removed.` }),
        ),
      }),
    ],
  }
}

const member_roles = role_names.map((name) => ({ name, summary: role_summaries[name] }))
const staff_roles = staff_role_names.map((name) => ({
  name,
  summary: name === 'operator' ? 'Everything.' : 'Reads all and changes nothing.',
}))

const desks = [
  tokenDesk({
    path: 'settings/tokens',
    group: 'Settings',
    platform: false,
    list: tokensList,
    create: tokensCreate,
    rotate: tokensRotate,
    revoke: tokensRevoke,
  }),
  tokenDesk({
    path: 'platform/tokens',
    group: 'Platform',
    platform: true,
    list: platformTokensList,
    create: platformTokensCreate,
    rotate: platformTokensRotate,
    revoke: platformTokensRevoke,
  }),
  peopleDesk({
    path: 'settings/members',
    title: 'Members',
    group: 'Settings',
    permission: 'members',
    platform: false,
    roles: member_roles,
    list: membersList,
    add: membersAdd,
    update: membersUpdate,
    remove: membersRemove,
  }),
  peopleDesk({
    path: 'platform/staff',
    title: 'Staff',
    group: 'Platform',
    permission: 'staff',
    platform: true,
    roles: staff_roles,
    list: staffList,
    add: staffAdd,
    update: staffUpdate,
    remove: staffRemove,
  }),
]

const renewLink = form({
  route: 'POST /settings/members/:id/setup_link',
  again: desks[2]!.pages[0]!,
  submit: submission(
    membersRenewSetupLink,
    (_, { id }) => ({ id }),
    ({ setup_path }, visit) =>
      showLink(visit, 'A new link', setup_path, ['Members', '/settings/members']),
  ),
})

export const pages: RoomPages = {
  pages: desks.flatMap((desk) => desk.pages),
  forms: [...desks.flatMap((desk) => desk.forms), renewLink],
  entrances,
}
