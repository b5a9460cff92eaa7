/** The page behind the link of an invitation. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export interface JoinProps {
  email: string
  /** Empty for the operator's staff. */
  organization_name: string
  role_name: string
  invited_by_name: string
  /** Set for a person who has an account, and confirms it. */
  known_name: string | undefined
  action: string
  state: FormState
}

export const joinView = (props: JoinProps): Html => {
  const to = props.organization_name || 'the staff of Stowage'
  return (
    <Card>
      <div class="stack">
        <h1>Join {to}</h1>
        <p class="muted">
          {props.invited_by_name} invites you as {props.role_name}. You will sign in as{' '}
          <strong>{props.email}</strong>.
        </p>
        <Wrong state={props.state} shown={['name', 'password', 'password_again']} />
        {props.known_name ? (
          <Confirm {...props} known_name={props.known_name} />
        ) : (
          <Newcomer {...props} />
        )}
      </div>
    </Card>
  )
}

const Confirm = ({
  action,
  state,
  email,
  known_name,
}: JoinProps & { known_name: string }): Html => (
  <Form action={action} state={state}>
    <input type="hidden" name="username" autocomplete="username" value={email} />
    <Field
      name="password"
      label={`${known_name}, your password`}
      type="password"
      autocomplete="current-password"
      state={state}
      hint="You have an account here already: the password says that it is you."
      required
      autofocus
    />
    <Button kind="primary" large>
      Join
    </Button>
    <p class="small muted">
      <a href="/forgot">Forgotten?</a> Choose a new one, and open this link again.
    </p>
  </Form>
)

const Newcomer = ({ action, state, email }: JoinProps): Html => (
  <Form action={action} state={state}>
    <input type="hidden" name="username" autocomplete="username" value={email} />
    <Field name="name" label="Your name" autocomplete="name" state={state} required autofocus />
    <NewPassword state={state} />
    <Button kind="primary" large>
      Join
    </Button>
  </Form>
)

/** A new password, typed twice. */
export const NewPassword = ({ state }: { state: FormState }): Html => (
  <>
    <Field
      name="password"
      label="Password"
      type="password"
      autocomplete="new-password"
      minlength={12}
      state={state}
      hint="At least 12 characters. A sentence is easy to keep and hard to guess."
      required
    />
    <Field
      name="password_again"
      label="The password again"
      type="password"
      autocomplete="new-password"
      minlength={12}
      state={state}
      required
    />
  </>
)
