/** What a person of the staff is about to see, and under which conditions. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts } from '../ui/layout.tsx'

export const supportOfferView = ({
  offer,
  action,
  state,
}: {
  offer: {
    tenant_name: string
    user_name: string
    reason: string
    read_only: 0 | 1
    minutes: number
  }
  action: string
  state: FormState
}): Html => (
  <Card>
    <div class="stack">
      <h1>
        {offer.user_name} at {offer.tenant_name}
      </h1>
      <Wrong state={state} />
      <Facts
        of={[
          ['Reason', offer.reason],
          ['You may', offer.read_only === 1 ? 'Look, and change nothing' : 'Look and change'],
          ['For', `${offer.minutes} minutes at most`],
        ]}
      />
      <p class="small muted">
        The owners get a mail now. Every step is in their audit trail and in yours, with your name.
      </p>
      <div class="actions">
        <Form action={action} state={state} inline>
          <Button kind="primary">Look in</Button>
        </Form>
        <LinkButton href="/platform/support">Do not</LinkButton>
      </div>
    </div>
  </Card>
)
