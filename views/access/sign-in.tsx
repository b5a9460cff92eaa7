/** The door of the console: e-mail, password, and the business where it is not clear. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export interface SignInProps {
  /** Set when the host name says which business is meant. */
  business_name: string | undefined
  asks_business: boolean
  /** Strangers may found a business here. */
  may_sign_up: boolean
  /** The address the form is sent to: where the person wanted to go is in its query. */
  action: string
  state: FormState
}

export function signInView(props: SignInProps): Html {
  const { business_name, asks_business, may_sign_up, action, state } = props
  return (
    <Card>
      <div class="stack">
        <h1>{business_name ? `Sign in to ${business_name}` : 'Sign in'}</h1>
        <Wrong state={state} />
        <Form action={action} state={state}>
          <Field
            name="email"
            label="E-mail"
            type="email"
            autocomplete="username"
            state={state}
            required
            autofocus
          />
          <Field
            name="password"
            label="Password"
            type="password"
            autocomplete="current-password"
            state={state}
            required
          />
          {asks_business && (
            <Field
              name="business"
              label="Business"
              state={state}
              autocomplete="organization"
              hint="Its short name, as in its address. The operator's staff leave this empty."
            />
          )}
          <Button kind="primary" large>
            Sign in
          </Button>
        </Form>
        {may_sign_up && (
          <p>
            You are new here? <a href="/sign-up">Set up your business</a>
          </p>
        )}
        <p class="small muted">
          <a href="/forgot">Forgotten the password?</a> Without mail, whoever looks after your team
          makes you a new link under Settings, Team.
        </p>
      </div>
    </Card>
  )
}
