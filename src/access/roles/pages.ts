/** The console's pages for roles: which there are, what each may do, and the form for one's own. */
import type { TypedOperation } from '../../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type Form,
  type Page,
  type RoomPages,
} from '../../operations/page.ts'
import { roleView, rolesView, type PermissionGroup } from '../../../views/access/roles.tsx'
import { listUrl } from '../list-url.ts'
import { team } from '../members/pages.ts'
import { covers } from '../permissions.ts'
import { rolesCreate, rolesGet, rolesList, rolesRemove, rolesUpdate } from './api.ts'
import type { PermissionList, Role } from './schema.ts'

type Listing = TypedOperation<'read', object, PermissionList>

const path = '/settings/roles'

/** What can be permitted is known when every room is, so `app.ts` hands it in. */
export function rolePages(listing: Listing): RoomPages {
  const list = page({
    route: `GET ${path}`,
    title: 'Roles',
    show: (visit) => {
      const roles = visit.ask(rolesList, visit.query(rolesList))
      return rolesView({
        frame: team,
        url: listUrl(visit, path),
        may_write: visit.may('roles.write'),
        roles,
        matrix: matrixOf(visit.ask(listing, {}), roles.data),
      })
    },
  })
  const found = page({
    route: `GET ${path}/new`,
    title: 'New role',
    show: (visit) =>
      roleView({
        state: formState(visit),
        groups: groupsOf(visit.ask(listing, {}), []),
        role: undefined,
        may_write: visit.may('roles.write'),
      }),
  })
  const show = page({
    route: `GET ${path}/:id`,
    title: 'Role',
    show: (visit) => {
      const role = visit.ask(rolesGet, { id: visit.params.id ?? '' })
      return roleView({
        state: formState(visit),
        groups: groupsOf(visit.ask(listing, {}), role.permissions),
        role,
        may_write: visit.may('roles.write'),
      })
    },
  })
  return { pages: [list, found, show], forms: roleForms(found, show) }
}

const roleForms = (found: Page, show: Page): Form[] => [
  form({
    route: `POST ${path}`,
    again: found,
    submit: submission(rolesCreate, readRole, ({ name }) => ({
      to: path,
      say: `The role “${name}” can be given now.`,
    })),
  }),
  form({
    route: `POST ${path}/:id`,
    again: show,
    submit: submission(
      rolesUpdate,
      (fields, { id }) => ({ id, ...readRole(fields) }),
      ({ id, name }) => ({ to: `${path}/${id}`, say: `The role “${name}” is changed.` }),
    ),
  }),
  form({
    route: `POST ${path}/:id/remove`,
    again: show,
    submit: submission(
      rolesRemove,
      (_, { id }) => ({ id }),
      ({ name }) => ({ to: path, say: `The role “${name}” is gone.` }),
    ),
  }),
]

const readRole = (fields: Fields) => ({
  name: given(fields, 'name') ?? '',
  summary: given(fields, 'summary') ?? '',
  permissions: fields.getAll('permissions'),
})

/** Those that mean something below the platform; what is one's own, everybody may. */
const ofBusiness = ({ permissions }: PermissionList) =>
  permissions.filter(
    ({ levels, room }) => room !== 'account' && levels.some((level) => level !== 'platform'),
  )

function byRoom<Entry extends { room: string }>(entries: readonly Entry[]): Map<string, Entry[]> {
  const rooms = new Map<string, Entry[]>()
  for (const entry of entries) rooms.set(entry.room, [...(rooms.get(entry.room) ?? []), entry])
  return rooms
}

const matrixOf = (listed: PermissionList, roles: readonly Role[]) =>
  [...byRoom(ofBusiness(listed))].map(([room, entries]) => ({
    title: room,
    entries: entries.map(({ permission, summary }) => ({
      name: permission,
      summary,
      granted_to: roles.flatMap(({ id, permissions }) =>
        covers(permissions, permission) ? [id] : [],
      ),
    })),
  }))

/** @param kept what the role grants already: a pattern that stands in no room is kept in sight */
function groupsOf(listed: PermissionList, kept: readonly string[]): PermissionGroup[] {
  const rooms = [...byRoom(ofBusiness(listed))].map(([room, entries]) => ({
    title: room,
    entries: [
      { name: `${room}.*`, summary: 'All of these, and what is added to them later.' },
      ...entries.map(({ permission, summary }) => ({ name: permission, summary })),
    ],
  }))
  const sets = listed.sets
    .filter(({ level }) => level !== 'platform')
    .map(({ name, summary }) => ({ name, summary }))
  const patterns = [{ name: '*.read', summary: 'See everything, and change nothing.' }]
  const known = new Set(
    [...rooms.flatMap(({ entries }) => entries), ...sets, ...patterns].map(({ name }) => name),
  )
  const others = kept
    .filter((name) => !known.has(name))
    .map((name) => ({ name, summary: 'Granted by this role until now.' }))
  return [{ title: 'By what people do', entries: [...patterns, ...sets, ...others] }, ...rooms]
}
