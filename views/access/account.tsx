/** What is one's own: name, password, where one is signed in, and the way out. */
import type { Html } from '../../src/kit/html.ts'
import type { Account } from '../../src/access/account/schema.ts'
import type { OpenSession } from '../../src/access/own-sessions/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Facts, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Pager } from '../ui/table.tsx'
import { SessionTable } from './sessions.tsx'

export interface AccountProps {
  /** `/account`, or that of the staff. */
  path: string
  url: URL
  state: FormState
  account: Account
  /** Where the person works now: `Harbour Goods`. */
  place: string
  sessions: { data: OpenSession[]; next_cursor: string | null }
  second_factor: boolean
}

export const accountView = (props: AccountProps): Html => {
  const { path, url, state, account, sessions } = props
  return (
    <>
      <PageHead title="Your account" sub={account.email} />
      <Wrong state={state} shown={['name', 'current_password', 'password', 'password_again']} />
      <div class="columns">
        <Profile {...props} />
        <Password {...props} />
      </div>
      <SecondFactor {...props} />
      <Card
        title="Where you are signed in"
        flush
        actions={
          sessions.data.length > 1 && (
            <ActionButton action={`${path}/sessions/end_others`} state={state} kind="danger">
              Sign out everywhere else
            </ActionButton>
          )
        }
      >
        <SessionTable
          sessions={sessions.data}
          step={({ id, is_current }) =>
            !is_current && (
              <ActionButton action={`${path}/sessions/${id}/end`} state={state} kind="quiet">
                Sign out there
              </ActionButton>
            )
          }
        />
      </Card>
      <Pager page={sessions} url={url} />
      <Leave {...props} />
    </>
  )
}

const Profile = ({ path, state, account, place }: AccountProps): Html => (
  <Card title="Who you are">
    <div class="stack">
      <Form action={path} state={state}>
        <Field
          name="name"
          label="Name"
          state={state}
          value={account.name}
          autocomplete="name"
          required
        />
        <Button>Save</Button>
      </Form>
      <Facts
        of={[
          ['E-mail', account.email],
          ['Role', `${account.role_name} of ${place}`],
        ]}
      />
    </div>
  </Card>
)

const Password = ({ path, state, account }: AccountProps): Html => (
  <Card title="Password">
    <Form action={`${path}/password`} state={state}>
      <input type="hidden" name="username" autocomplete="username" value={account.email} />
      <Field
        name="current_password"
        label="The password you have now"
        type="password"
        autocomplete="current-password"
        state={state}
        required
      />
      <Field
        name="password"
        label="New password"
        type="password"
        autocomplete="new-password"
        minlength={12}
        state={state}
        hint="At least 12 characters. You stay signed in here, and are signed out elsewhere."
        required
      />
      <Field
        name="password_again"
        label="The new password again"
        type="password"
        autocomplete="new-password"
        minlength={12}
        state={state}
        required
      />
      <Button>Change the password</Button>
    </Form>
  </Card>
)

const SecondFactor = ({ path, second_factor }: AccountProps): Html => (
  <Card
    title="Second factor"
    actions={
      <LinkButton href={`${path}/second-factor`}>
        {second_factor ? 'Look at it' : 'Set it up'}
      </LinkButton>
    }
  >
    <p class="small">
      {second_factor ? (
        <Status of="on" label="On" />
      ) : (
        'A code from your phone beside the password: then a password that was stolen opens nothing.'
      )}
    </p>
  </Card>
)

const Leave = ({ path, state, place }: AccountProps): Html => (
  <Card title="Leave">
    <div class="stack">
      <p class="small muted">
        You no longer belong to {place} and see nothing of it; somebody there would have to invite
        you again.
      </p>
      <div class="actions">
        <ActionButton action={`${path}/leave`} state={state} kind="danger">
          Leave {place}
        </ActionButton>
      </div>
    </div>
  </Card>
)
