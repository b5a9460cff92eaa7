/** The first visit, by a link: who you are, where it is not known, and a password. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export interface SetUpProps {
  /** The person the link is for; undefined for an operator, who says who that is. */
  known: { name: string; email: string } | undefined
  action: string
  state: FormState
}

export function setUpView({ known, action, state }: SetUpProps): Html {
  return (
    <Card>
      <div class="stack">
        <h1>{known ? `Welcome, ${known.name}` : 'Set Stowage up'}</h1>
        <p class="muted">
          {known
            ? `You will sign in as ${known.email}.`
            : 'You become the operator of this installation: you found businesses and look after them.'}
        </p>
        <Wrong state={state} shown={['name', 'email', 'password', 'password_again']} />
        <Form action={action} state={state}>
          {!known && (
            <>
              <Field
                name="name"
                label="Your name"
                autocomplete="name"
                state={state}
                required
                autofocus
              />
              <Field
                name="email"
                label="E-mail"
                type="email"
                autocomplete="username"
                state={state}
                required
              />
            </>
          )}
          {known && (
            <input type="hidden" name="username" autocomplete="username" value={known.email} />
          )}
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
          <Button kind="primary" large>
            {known ? 'Set the password and sign in' : 'Begin'}
          </Button>
        </Form>
      </div>
    </Card>
  )
}
