/** The way back in for a person who forgot the password: asking for a link, and using it. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'
import { NewPassword } from './join.tsx'

export const forgotView = ({
  asks_business,
  state,
}: {
  asks_business: boolean
  state: FormState
}): Html => (
  <Card>
    <div class="stack">
      <h1>A new password</h1>
      <p class="muted">We send you a link. It works once, for an hour.</p>
      <Wrong state={state} shown={['email']} />
      <Form action="/forgot" state={state}>
        <Field
          name="email"
          label="E-mail"
          type="email"
          autocomplete="username"
          state={state}
          required
          autofocus
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
          Send the link
        </Button>
      </Form>
      <p class="small">
        <a href="/sign-in">Back to signing in</a>
      </p>
    </div>
  </Card>
)

/** Says the same whether or not there is such an account. */
export const sentView = (): Html => (
  <Card>
    <div class="stack">
      <h1>Look into your mail</h1>
      <p>
        If there is an account with this address, a link is on its way to it. It works once, for an
        hour.
      </p>
      <p class="small muted">
        Nothing came? Look into the folder for unwanted mail, check the address, or ask whoever
        looks after your team for a new link.
      </p>
      <div>
        <LinkButton href="/sign-in">Back to signing in</LinkButton>
      </div>
    </div>
  </Card>
)

export const resetView = ({
  name,
  email,
  action,
  state,
}: {
  name: string
  email: string
  action: string
  state: FormState
}): Html => (
  <Card>
    <div class="stack">
      <h1>Choose a new password</h1>
      <p class="muted">
        {name}, you sign in as {email}. You will be signed out everywhere.
      </p>
      <Wrong state={state} shown={['password', 'password_again']} />
      <Form action={action} state={state}>
        <input type="hidden" name="username" autocomplete="username" value={email} />
        <NewPassword state={state} />
        <Button kind="primary" large>
          Set it
        </Button>
      </Form>
    </div>
  </Card>
)
