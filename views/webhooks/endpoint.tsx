/** One endpoint: how it fares, what it was sent, and what can be done about it. */
import type { Html } from '../../src/kit/html.ts'
import type { Delivery, Endpoint, Health } from '../../src/webhooks/schema.ts'
import { ActionButton, Button, Form, LinkButton, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Id, When } from '../ui/text.tsx'
import { DeliveryTable } from './deliveries.tsx'
import { EndpointFields } from './new.tsx'

interface EndpointProps {
  endpoint: Endpoint
  health: Health
  deliveries: Delivery[]
  state: FormState
  may_write: boolean
}

const reasons: Record<string, string> = {
  by_request: 'It was disabled by request.',
  gone: 'It answered 410 Gone: the receiver wants nothing more.',
  failing: 'It failed for five days without one success.',
}

export const endpointView = (props: EndpointProps): Html => {
  const { endpoint, health, deliveries, may_write } = props
  const { id, url, disabled_reason } = endpoint
  return (
    <>
      <PageHead title={url} crumbs={[['Webhooks', '/webhooks']]} sub={<Id value={id} />}>
        {may_write && <Actions {...props} />}
      </PageHead>
      {disabled_reason && (
        <Notice tone="warn">
          {reasons[disabled_reason]} Nothing is sent. What waited can be replayed once it is
          enabled.
        </Notice>
      )}
      <HealthStats health={health} />
      <Card
        title="Latest deliveries"
        flush
        actions={
          <LinkButton kind="quiet" href={`/webhook-deliveries?endpoint_id=${id}`}>
            All deliveries
          </LinkButton>
        }
      >
        <DeliveryTable rows={deliveries} />
      </Card>
      <Card title="How it fares">
        <Facts
          of={[
            ['Failures in a row', health.consecutive_failures],
            ['Failing since', <When at={health.failing_since} />],
            ['Paused until', <When at={health.paused_until} />],
            ['Last success', <When at={health.last_success_at} />],
            ['Last failure', <When at={health.last_failure_at} />],
            ['Old secret signs until', <When at={endpoint.previous_secret_until} />],
          ]}
        />
      </Card>
      {may_write && <Change {...props} />}
    </>
  )
}

const HealthStats = ({ health }: { health: Health }): Html => (
  <Stats>
    <Stat label="State" value={<HealthStatus of={health.state} />} />
    <Stat label="Waiting" value={health.pending_count} note={ageOf(health)} />
    <Stat
      label="Given up"
      value={health.failed_count}
      href={`/webhook-deliveries?state=failed&endpoint_id=${health.id}`}
    />
  </Stats>
)

const HealthStatus = ({ of }: { of: Health['state'] }): Html =>
  of === 'failing' ? <Status of="retrying" label="Failing" /> : <Status of={of} />

function ageOf({ pending_count, queue_age_ms }: Health): string {
  if (pending_count === 0) return 'nothing waits'
  const minutes = Math.round(queue_age_ms / 60_000)
  return minutes < 1 ? 'the oldest for less than a minute' : `the oldest for ${minutes} min`
}

const Actions = ({ endpoint, state, health }: EndpointProps): Html => {
  const { id, disabled_at } = endpoint
  if (disabled_at) {
    return (
      <ActionButton action={`/webhooks/${id}/enable`} state={state} kind="primary">
        Enable
      </ActionButton>
    )
  }
  return (
    <>
      <ActionButton action={`/webhooks/${id}/test`} state={state}>
        Send a test
      </ActionButton>
      {health.failed_count > 0 && (
        <ActionButton action={`/webhooks/${id}/replay`} state={state}>
          Replay what was given up
        </ActionButton>
      )}
      <ActionButton action={`/webhooks/${id}/reveal`} state={state}>
        Show the secret
      </ActionButton>
    </>
  )
}

const Change = ({ endpoint, state }: EndpointProps): Html => {
  const { id, disabled_at, version } = endpoint
  return (
    <>
      <Card title="Change">
        <Form action={`/webhooks/${id}`} state={state} version={version}>
          <EndpointFields state={state} endpoint={endpoint} />
          <div class="actions">
            <Button kind="primary">Save</Button>
          </div>
        </Form>
      </Card>
      <Card title="Secret and end">
        <div class="actions">
          <ActionButton action={`/webhooks/${id}/rotate`} state={state}>
            New secret, the old one signs for a day more
          </ActionButton>
          {!disabled_at && (
            <ActionButton action={`/webhooks/${id}/disable`} state={state}>
              Disable
            </ActionButton>
          )}
          <ActionButton action={`/webhooks/${id}/remove`} state={state} kind="danger">
            Remove
          </ActionButton>
        </div>
      </Card>
    </>
  )
}
