/** Who was invited by mail, and what became of it. */
import type { Html } from '../../src/kit/html.ts'
import type { Invitation } from '../../src/access/invitations/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { roleChoices, TeamHead, usualRole, type RoleChoice, type TeamFrame } from './members.tsx'

export interface InvitationsProps {
  frame: TeamFrame
  path: string
  url: URL
  state: FormState
  may_write: boolean
  roles: readonly RoleChoice[]
  invitations: { data: Invitation[]; has_more: boolean; next_cursor: string | null }
}

const states = [
  ['pending', 'Open'],
  ['accepted', 'Accepted'],
  ['revoked', 'Taken back'],
  ['expired', 'Expired'],
] as const

const tone: Record<Invitation['state'], string> = {
  pending: 'open',
  accepted: 'ok',
  revoked: 'revoked',
  expired: 'off',
}

export const invitationsView = (props: InvitationsProps): Html => (
  <>
    <TeamHead
      frame={props.frame}
      current={props.path}
      sub="A link goes out by mail, and works once, for seven days."
    >
      {props.may_write && (
        <LinkButton href="#new" icon="plus">
          Invite
        </LinkButton>
      )}
    </TeamHead>
    <Wrong state={props.state} shown={['email', 'role']} />
    <Filters
      url={props.url}
      filters={[
        { name: 'search', label: 'E-mail begins' },
        { name: 'state', label: 'State', choices: states },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.invitations} url={props.url} />
    {props.may_write && <Invite {...props} />}
  </>
)

const List = (props: InvitationsProps): Html => (
  <Table
    rows={props.invitations.data}
    url={props.url}
    empty={
      <Empty icon="people" title="Nobody is invited">
        Whoever gets an invitation chooses name and password, and is in.
      </Empty>
    }
    columns={[
      {
        title: 'E-mail',
        sort: 'email',
        cell: ({ email, invited_by_name }) => (
          <div>
            <strong>{email}</strong>
            <div class="small muted">by {invited_by_name}</div>
          </div>
        ),
      },
      { title: 'Role', cell: ({ role_name }) => role_name },
      {
        title: 'State',
        cell: ({ state }) => (
          <Status of={tone[state]} label={states.find(([name]) => name === state)![1]} />
        ),
      },
      {
        title: 'Sent',
        sort: 'created_at',
        cell: ({ sent_at, send_count }) => (
          <div>
            <When at={sent_at} date_only />
            {send_count > 1 && <div class="small muted">{send_count} times</div>}
          </div>
        ),
      },
      { title: 'Good until', cell: ({ expires_at }) => <When at={expires_at} date_only /> },
      { title: '', end: true, cell: (invitation) => <Steps {...props} invitation={invitation} /> },
    ]}
  />
)

const Steps = ({
  invitation: { id, state: is },
  may_write,
  path,
  state,
}: InvitationsProps & { invitation: Invitation }): Html => {
  if (!may_write || is === 'accepted' || is === 'revoked') return <></>
  return (
    <div class="actions">
      <ActionButton action={`${path}/${id}/resend`} state={state} kind="quiet">
        Send again
      </ActionButton>
      <ActionButton action={`${path}/${id}/revoke`} state={state} kind="danger">
        Take back
      </ActionButton>
    </div>
  )
}

const Invite = ({ path, state, roles }: InvitationsProps): Html => (
  <div id="new">
    <Card title="Invite somebody">
      <Form action={path} state={state}>
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
          Send the invitation
        </Button>
      </Form>
    </Card>
  </div>
)
