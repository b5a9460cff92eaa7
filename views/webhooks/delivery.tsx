/** One delivery: what was sent, and every answer that came. */
import type { Html } from '../../src/kit/html.ts'
import type { Attempt, DeliveryDetail } from '../../src/webhooks/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead } from '../ui/layout.tsx'
import { Code, Id, Json, When } from '../ui/text.tsx'
import { DeliveryStatus } from './deliveries.tsx'

interface DeliveryProps {
  delivery: DeliveryDetail
  state: FormState
  may_write: boolean
}

export const deliveryView = ({ delivery, state, may_write }: DeliveryProps): Html => (
  <>
    <PageHead
      title={delivery.event_type}
      sub={<Id value={delivery.id} />}
      crumbs={[
        ['Webhooks', '/webhooks'],
        ['Deliveries', '/webhook-deliveries'],
      ]}
    >
      {may_write && (
        <ActionButton
          action={`/webhook-deliveries/${delivery.id}/replay`}
          state={state}
          kind="primary"
        >
          Send again now
        </ActionButton>
      )}
    </PageHead>
    <Wrong state={state} />
    <Card>
      <Facts
        of={[
          ['State', <DeliveryStatus of={delivery} />],
          ['Event', <a href={`/events/${delivery.event_id}`}>{delivery.event_id}</a>],
          ['Endpoint', <a href={`/webhooks/${delivery.endpoint_id}`}>{delivery.endpoint_id}</a>],
          ['Queued', <When at={delivery.created_at} />],
          ['Ended', <When at={delivery.finished_at} />],
          ['Next attempt', <When at={delivery.state === 'pending' ? delivery.due_at : null} />],
        ]}
      />
    </Card>
    <Card title="Body, the same in every attempt">
      <Json value={JSON.parse(delivery.request_body)} />
    </Card>
    {delivery.attempts.map((attempt, index) => (
      <AttemptCard attempt={attempt} number={delivery.attempt_count - index} />
    ))}
  </>
)

const AttemptCard = ({ attempt, number }: { attempt: Attempt; number: number }): Html => (
  <Card title={`Attempt ${number}: ${attempt.status_code ?? 'no answer'}`}>
    <Facts
      of={[
        ['When', <When at={attempt.attempted_at} />],
        ['Took', `${attempt.duration_ms} ms`],
        ['To', attempt.url],
        ...(attempt.error ? [['Error', attempt.error] as const] : []),
      ]}
    />
    <details>
      <summary>Headers sent</summary>
      <Headers of={attempt.request_headers} />
    </details>
    {attempt.status_code !== null && (
      <details>
        <summary>Answer</summary>
        <Headers of={attempt.response_headers} />
        <Code>{attempt.response_body || '(empty)'}</Code>
        {attempt.response_cut && (
          <p class="small muted">There was more; only its beginning is kept.</p>
        )}
      </details>
    )}
  </Card>
)

const Headers = ({ of }: { of: Record<string, string> }): Html => (
  <Code>
    {Object.entries(of)
      .map(([name, value]) => `${name}: ${value}`)
      .join('\n')}
  </Code>
)
