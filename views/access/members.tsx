/** People of an organization, or of the operator's staff: roles, and the way in for new ones. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { Member } from '../../src/access/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead, Tabs } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

/** What can be given to somebody. */
export interface RoleChoice {
  id: string
  name: string
  summary: string
}

/** The pages about people, one beside the other. */
export interface TeamFrame {
  title: string
  /** Where the members are. */
  path: string
  tabs: readonly (readonly [label: string, href: string])[]
}

export interface MembersProps {
  frame: TeamFrame
  url: URL
  state: FormState
  may_write: boolean
  roles: readonly RoleChoice[]
  members: { data: Member[]; has_more: boolean; next_cursor: string | null }
}

export const TeamHead = ({
  frame,
  current,
  sub,
  children,
}: {
  frame: TeamFrame
  current: string
  sub: string
  children?: Child
}): Html => (
  <>
    <PageHead title={frame.title} sub={sub}>
      {children}
    </PageHead>
    <Tabs tabs={frame.tabs} current={current} />
  </>
)

export const membersView = (props: MembersProps): Html => (
  <>
    <TeamHead
      frame={props.frame}
      current={props.frame.path}
      sub="Who comes in, and what each may do."
    >
      {props.may_write && (
        <LinkButton href={`${props.frame.tabs[1]?.[1]}#new`} icon="plus" kind="primary">
          Invite
        </LinkButton>
      )}
    </TeamHead>
    <Wrong state={props.state} shown={['name', 'email', 'role']} />
    <Filters
      url={props.url}
      filters={[
        { name: 'search', label: 'Name or e-mail' },
        { name: 'role', label: 'Role', choices: props.roles.map(({ id, name }) => [id, name]) },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.members} url={props.url} />
    {props.may_write && <NewMember {...props} />}
  </>
)

const List = ({ members, url, frame }: MembersProps): Html => (
  <Table
    rows={members.data}
    url={url}
    empty={
      <Empty icon="people" title="Nobody here yet">
        Invite somebody by mail, or add a person and hand over the link that appears.
      </Empty>
    }
    columns={[
      {
        title: 'Name',
        sort: 'email',
        cell: (member) => (
          <div>
            <a class="row-link" href={`${frame.path}/${member.id}`}>
              {member.name}
            </a>
            <div class="small muted">{member.email}</div>
          </div>
        ),
      },
      { title: 'Role', cell: (member) => member.role_name },
      {
        title: 'Last seen',
        cell: (member) =>
          member.has_password ? (
            <When at={member.last_seen_at} />
          ) : (
            <Status of="pending" label="Has not come in yet" />
          ),
      },
      {
        title: 'Since',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} date_only />,
      },
    ]}
  />
)

/** The roles of a choice, with what each is for. */
export const roleChoices = (roles: readonly RoleChoice[]) =>
  roles.map(({ id, name, summary }) => [id, summary ? `${name}: ${summary}` : name] as const)

/** Nobody gets more than the usual because nobody chose. */
export const usualRole = (roles: readonly RoleChoice[]): string | undefined =>
  roles.find(({ id }) => id === 'member' || id === 'support')?.id

const NewMember = ({ frame, state, roles }: MembersProps): Html => (
  <div id="new">
    <Card title="Add a person without mail">
      <div class="stack">
        <p class="small muted">
          Whoever reads mail is better invited: see the tab Invitations. Here the next page shows a
          link that you hand over yourself; whoever opens it sets the password.
        </p>
        <Form action={frame.path} state={state}>
          <Field name="name" label="Name" state={state} required />
          <Field name="email" label="E-mail" type="email" state={state} required />
          <Field
            name="role"
            label="Role"
            state={state}
            choices={roleChoices(roles)}
            value={usualRole(roles)}
            required
          />
          <Button kind="primary" icon="plus">
            Add
          </Button>
        </Form>
      </div>
    </Card>
  </div>
)
