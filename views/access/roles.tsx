/** The roles of an organization: which there are, what each may do, and the form for one's own. */
import type { Html } from '../../src/kit/html.ts'
import type { Role } from '../../src/access/roles/schema.ts'
import {
  ActionButton,
  Button,
  Check,
  errorOf,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Pager, Table } from '../ui/table.tsx'
import { TeamHead, type TeamFrame } from './members.tsx'

/** Permissions of one room, and what stands for several of them. */
export interface PermissionGroup {
  title: string
  entries: readonly { name: string; summary: string }[]
}

export interface RolesProps {
  frame: TeamFrame
  url: URL
  may_write: boolean
  roles: { data: Role[]; next_cursor: string | null }
  /** Each permission with the roles on this page that grant it. */
  matrix: readonly {
    title: string
    entries: readonly { name: string; summary: string; granted_to: readonly string[] }[]
  }[]
}

export const rolesView = (props: RolesProps): Html => (
  <>
    <TeamHead
      frame={props.frame}
      current="/settings/roles"
      sub="What somebody may do follows from the one role he has."
    >
      {props.may_write && (
        <LinkButton href="/settings/roles/new" icon="plus">
          New role
        </LinkButton>
      )}
    </TeamHead>
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.roles} url={props.url} />
    <Matrix {...props} />
  </>
)

const List = ({ roles }: RolesProps): Html => (
  <Table
    rows={roles.data}
    empty={
      <Empty icon="people" title="No role">
        The built-in roles are on the first page.
      </Empty>
    }
    columns={[
      {
        title: 'Role',
        cell: ({ id, name, summary, is_built_in }) => (
          <div>
            {is_built_in ? (
              <strong>{name}</strong>
            ) : (
              <a class="row-link" href={`/settings/roles/${id}`}>
                {name}
              </a>
            )}
            <div class="small muted">{summary}</div>
          </div>
        ),
      },
      {
        title: '',
        cell: ({ is_built_in }) => is_built_in && <Status of="none" label="Built in" />,
      },
      {
        title: 'People',
        cell: ({ id, member_count }) =>
          member_count > 0 ? (
            <a href={`/settings/members?role=${id}`}>{member_count}</a>
          ) : (
            <span class="muted">nobody</span>
          ),
      },
    ]}
  />
)

const Matrix = ({ matrix, roles }: RolesProps): Html => (
  <Card title="What each may do" flush>
    <div class="table-wrap">
      <table class="list matrix">
        <thead>
          <tr>
            <th scope="col">Permission</th>
            {roles.data.map(({ name }) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {matrix.flatMap(({ title, entries }) => [
            <tr class="group">
              <th scope="rowgroup" colspan={roles.data.length + 1}>
                {sentence(title)}
              </th>
            </tr>,
            ...entries.map(({ name, summary, granted_to }) => (
              <tr>
                <td data-label="Permission">
                  <div>
                    <code>{name}</code>
                    <div class="small muted">{summary}</div>
                  </div>
                </td>
                {roles.data.map((role) => (
                  <td data-label={role.name}>
                    {granted_to.includes(role.id) ? 'Yes' : <span class="muted none">–</span>}
                  </td>
                ))}
              </tr>
            )),
          ])}
        </tbody>
      </table>
    </div>
  </Card>
)

export interface RoleFormProps {
  state: FormState
  /** The sets first, then room by room. */
  groups: readonly PermissionGroup[]
  /** Undefined for a new one. */
  role: Role | undefined
  may_write: boolean
}

export const roleView = ({ state, groups, role, may_write }: RoleFormProps): Html => (
  <>
    <PageHead
      title={role?.name ?? 'New role'}
      sub="It can grant what you may do yourself, and nothing more."
      crumbs={[['Roles', '/settings/roles']]}
    >
      {role && may_write && (
        <ActionButton action={`/settings/roles/${role.id}/remove`} state={state} kind="danger">
          Remove
        </ActionButton>
      )}
    </PageHead>
    <Wrong state={state} shown={['name', 'summary', 'permissions']} />
    {role && role.member_count > 0 && (
      <Notice>
        {role.member_count === 1 ? 'One person has' : `${role.member_count} people have`} this role:
        a change counts from their next click on.
      </Notice>
    )}
    <Form
      action={role ? `/settings/roles/${role.id}` : '/settings/roles'}
      state={state}
      {...(role && { version: role.version })}
    >
      <Card>
        <div class="stack">
          <Field name="name" label="Name" state={state} value={role?.name} required />
          <Field
            name="summary"
            label="What it is for"
            state={state}
            value={role?.summary}
            placeholder="Picks and packs at night"
          />
        </div>
      </Card>
      {errorOf(state, 'permissions') && (
        <Notice tone="bad">Choose at least one thing that this role may do.</Notice>
      )}
      {groups.map((group) => (
        <Choices group={group} state={state} chosen={role?.permissions ?? []} />
      ))}
      {may_write && (
        <div class="actions">
          <Button kind="primary">{role ? 'Save the role' : 'Create the role'}</Button>
        </div>
      )}
    </Form>
  </>
)

const Choices = ({
  group,
  state,
  chosen,
}: {
  group: PermissionGroup
  state: FormState
  chosen: readonly string[]
}): Html => (
  <Card>
    <fieldset class="permissions">
      <legend>{sentence(group.title)}</legend>
      {group.entries.map(({ name, summary }) => (
        <div>
          <Check
            name="permissions"
            value={name}
            label={name}
            state={state}
            checked={chosen.includes(name)}
          />
          <p class="small muted">{summary}</p>
        </div>
      ))}
    </fieldset>
  </Card>
)
