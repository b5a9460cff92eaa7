/** People of an organization, or of the operator's staff: roles, and the way in for new ones. */
import type { Html } from '../../src/kit/html.ts'
import type { Member } from '../../src/access/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

export interface MembersProps {
  title: string
  path: string
  url: URL
  state: FormState
  may_write: boolean
  /** A member who lost the way in gets a new link here; staff get theirs on the terminal. */
  renews_links: boolean
  roles: readonly { name: string; summary: string }[]
  members: { data: Member[]; has_more: boolean; next_cursor: string | null }
}

export const membersView = (props: MembersProps): Html => (
  <>
    <PageHead title={props.title} sub="Who comes in, and what each may do.">
      {props.may_write && (
        <LinkButton href="#new" icon="plus">
          Add a person
        </LinkButton>
      )}
    </PageHead>
    <Wrong state={props.state} shown={['name', 'email', 'role']} />
    <Filters url={props.url} filters={[{ name: 'search', label: 'Name or e-mail' }]} />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.members} url={props.url} />
    {props.may_write && <NewMember {...props} />}
  </>
)

const List = (props: MembersProps): Html => (
  <Table
    rows={props.members.data}
    url={props.url}
    empty={
      <Empty icon="people" title="Nobody here yet">
        Add a person, and send the link that appears.
      </Empty>
    }
    columns={[
      {
        title: 'Name',
        sort: 'email',
        cell: (member) => (
          <div>
            <strong>{member.name}</strong>
            <div class="small muted">{member.email}</div>
          </div>
        ),
      },
      { title: 'Role', cell: (member) => <RoleOf {...props} member={member} /> },
      {
        title: 'Last seen',
        cell: (member) =>
          member.has_password ? (
            <When at={member.last_seen_at} />
          ) : (
            <Status of="pending" label="Has not come in yet" />
          ),
      },
      { title: '', end: true, cell: (member) => <Steps {...props} member={member} /> },
    ]}
  />
)

const RoleOf = ({ member, may_write, path, state, roles }: MembersProps & { member: Member }) =>
  may_write ? (
    <Form action={`${path}/${member.id}/role`} state={state} inline>
      <select name="role" aria-label={`Role of ${member.name}`}>
        {roles.map(({ name }) => (
          <option value={name} selected={name === member.role}>
            {name}
          </option>
        ))}
      </select>
      <Button kind="quiet">Set</Button>
    </Form>
  ) : (
    <>{member.role}</>
  )

const Steps = ({
  member,
  may_write,
  renews_links,
  path,
  state,
}: MembersProps & { member: Member }) => (
  <div class="actions">
    {may_write && renews_links && (
      <ActionButton action={`${path}/${member.id}/setup_link`} state={state} kind="quiet">
        New link
      </ActionButton>
    )}
    {may_write && (
      <ActionButton action={`${path}/${member.id}/remove`} state={state} kind="danger">
        Remove
      </ActionButton>
    )}
  </div>
)

const NewMember = ({ path, state, roles }: MembersProps): Html => (
  <div id="new">
    <Card title="Add a person">
      <div class="stack">
        {' '}
        <Form action={path} state={state}>
          <Field name="name" label="Name" state={state} required />
          <Field name="email" label="E-mail" type="email" state={state} required />
          <Field
            name="role"
            label="Role"
            state={state}
            choices={roles.map(({ name, summary }) => [name, `${name}: ${summary}`] as const)}
            value={roles.some(({ name }) => name === 'member') ? 'member' : undefined}
            required
          />
          <Button kind="primary" icon="plus">
            Add
          </Button>
        </Form>
        <p class="small muted">The next page shows a link; whoever opens it sets the password.</p>
      </div>
    </Card>
  </div>
)
