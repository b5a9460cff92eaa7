/** How a stranger founds a business: the form, the word about the mail, and the button behind its link. */
import type { Html } from '../../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../../ui/form.tsx'
import { Card } from '../../ui/layout.tsx'

const fields = ['business_name', 'person_name', 'email', 'domain_preference', 'password']

export interface SignUpProps {
  environment: 'sandbox' | 'live'
  host: string
  state: FormState
}

export const signUpView = ({ environment, host, state }: SignUpProps): Html => (
  <Card>
    <div class="stack">
      <h1>Set up your business</h1>
      <p class="muted">
        {environment === 'sandbox'
          ? 'A sandbox of your own, with sample data and simulated carriers: ready in a minute.'
          : 'Your stock, your orders and your carriers in one place: ready in a minute.'}
      </p>
      <Wrong state={state} shown={fields} />
      <Form action="/sign-up" state={state}>
        <Field
          name="business_name"
          label="Name of the business"
          state={state}
          autocomplete="organization"
          required
          autofocus
        />
        <Field
          name="domain_preference"
          label="Address"
          state={state}
          placeholder="made from the name"
          hint={`A word for word.${host}; when it is taken, the next free one.`}
        />
        <Field name="person_name" label="Your name" state={state} autocomplete="name" required />
        <Field
          name="email"
          label="E-mail"
          type="email"
          state={state}
          autocomplete="username"
          required
        />
        <Field
          name="password"
          label="Password"
          type="password"
          state={state}
          autocomplete="new-password"
          hint="At least 12 characters; a sentence is fine."
          minlength={12}
          required
        />
        <Button kind="primary" large>
          Send me the link
        </Button>
      </Form>
      <p class="small muted">
        <a href="/pricing">Plans and prices</a> · You are here already?{' '}
        <a href="/sign-in">Sign in</a>
      </p>
    </div>
  </Card>
)

/** The same words whoever asked, and whatever became of it. */
export const sentView = (): Html => (
  <Card>
    <div class="stack">
      <h1>Look into your mail</h1>
      <p>
        If you gave your own address, a link is on its way there. It works once, for 24 hours, and
        sets your business up.
      </p>
      <p class="small muted">
        Nothing there after some minutes? Look among the unwanted mail, or{' '}
        <a href="/sign-up">ask once more</a>.
      </p>
    </div>
  </Card>
)

export interface ConfirmProps {
  business_name: string
  person_name: string
  environment: 'sandbox' | 'live'
  action: string
  state: FormState
}

export const confirmView = (props: ConfirmProps): Html => (
  <Card>
    <div class="stack">
      <h1>Good day, {props.person_name}</h1>
      <p>
        One click, and {props.business_name} is there
        {props.environment === 'sandbox' && ', with sample data to look around in'}.
      </p>
      <Wrong state={props.state} />
      <Form action={props.action} state={props.state}>
        <Button kind="primary" large>
          Set up {props.business_name}
        </Button>
      </Form>
    </div>
  </Card>
)
