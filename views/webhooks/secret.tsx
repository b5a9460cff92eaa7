/** Shows the secret of an endpoint, right after it was asked for. */
import type { Html } from '../../src/kit/html.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { Code, When } from '../ui/text.tsx'

interface SecretProps {
  id: string
  secret: string
  previous_secret: string | null
  previous_secret_until: string | null
}

export const secretView = (props: SecretProps): Html => (
  <>
    <PageHead
      title="Signing secret"
      crumbs={[
        ['Webhooks', '/webhooks'],
        ['Endpoint', `/webhooks/${props.id}`],
      ]}
    />
    <Card title="Verify every delivery with this">
      <Code>{props.secret}</Code>
      <Notice>
        Keep it like a password. The libraries of Standard Webhooks take it as it is. That it was
        shown is in the audit trail.
      </Notice>
    </Card>
    {props.previous_secret && (
      <Card title="The secret before">
        <Code>{props.previous_secret}</Code>
        <p>
          Deliveries carry signatures of both until <When at={props.previous_secret_until} />.
        </p>
      </Card>
    )}
    <LinkButton href={`/webhooks/${props.id}`}>Back to the endpoint</LinkButton>
  </>
)
