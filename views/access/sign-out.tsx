/** Asks before signing out, for those who come here by a link. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Form, LinkButton, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

export const signOutView = ({ name, state }: { name: string; state: FormState }): Html => (
  <Card>
    <div class="stack">
      <h1>Sign out?</h1>
      <p class="muted">You are signed in as {name}.</p>
      <Form action="/sign-out" state={state} inline>
        <Button kind="primary">Sign out</Button>
        <LinkButton href="/">Stay</LinkButton>
      </Form>
    </div>
  </Card>
)
