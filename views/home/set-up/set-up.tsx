/** The guided set-up: every step, sample data for a sandbox, and the first call of the API. */
import type { Html } from '../../../src/kit/html.ts'
import type { SetUp } from '../../../src/home/set-up/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../../ui/form.tsx'
import { Card, Notice, PageHead } from '../../ui/layout.tsx'
import { Code } from '../../ui/text.tsx'
import { Checklist } from '../checklist.tsx'

export interface SetUpProps {
  set_up: SetUp
  business: string
  state: FormState
  /** Without it, steps are only looked at. */
  may_write: boolean
  may_issue_tokens: boolean
}

export const setUpView = (props: SetUpProps): Html => (
  <>
    <PageHead
      title={`Set up ${props.business}`}
      sub="Each step ticks itself when it is done, wherever and by whomever."
    />
    <Wrong state={props.state} />
    {props.set_up.complete && (
      <Notice tone="good">Everything is set up. This page stays here to look at.</Notice>
    )}
    {props.set_up.can_load_sample_data && props.may_write && <SampleData {...props} />}
    <Checklist set_up={props.set_up} {...(props.may_write && { state: props.state })} />
    <Quickstart {...props} />
  </>
)

const SampleData = ({ state }: SetUpProps): Html => (
  <Card title="Begin with sample data">
    <div class="stack">
      <p>
        Five items with stock, a supplier, a purchase order on its way, three customers and their
        orders: enough to pick, pack, ship and return something within a minute.
      </p>
      <ActionButton action="/set-up/sample_data" state={state} kind="primary">
        Load sample data
      </ActionButton>
    </div>
  </Card>
)

const Quickstart = ({ set_up, state, may_issue_tokens }: SetUpProps): Html => {
  const called = set_up.steps.some(({ id, done }) => id === 'api_call' && done)
  return (
    <section id="quickstart">
      <Card title="Your first call">
        <div class="stack">
          <p>
            {called
              ? 'A token of this business has called the API already.'
              : 'A token that may read items and stock, and the line that uses it.'}{' '}
            <a href="/reference">What else there is to call</a>
          </p>
          {may_issue_tokens && (
            <ActionButton
              action="/set-up/quickstart"
              state={state}
              {...(!called && { kind: 'primary' })}
            >
              Make a token and show the call
            </ActionButton>
          )}
        </div>
      </Card>
    </section>
  )
}

/** Shown once, straight after the token was made. */
export const quickstartView = ({ token, api_url }: { token: string; api_url: string }): Html => (
  <>
    <PageHead title="Your first call" crumbs={[['Set-up', '/set-up']]} />
    <Notice tone="warn">This is the only time the token is shown.</Notice>
    <Card title="Type this">
      <div class="stack">
        <Code>{`curl ${api_url}/v1/items \\\n  -H 'Authorization: Bearer ${token}'`}</Code>
        <p>
          The answer is a page of your items. The step on the set-up page ticks itself, and the
          token stands under Tokens, where you can revoke it.
        </p>
      </div>
    </Card>
    <LinkButton href="/set-up" kind="primary">
      Back to the set-up
    </LinkButton>
  </>
)
