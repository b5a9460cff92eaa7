/** What everybody has to keep to: second factors, addresses, length of sessions, support. */
import type { Html } from '../../src/kit/html.ts'
import type { Security } from '../../src/access/security/schema.ts'
import { Button, Check, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead, Tabs } from '../ui/layout.tsx'
import { When } from '../ui/text.tsx'

export type SecurityTab = readonly [label: string, href: string]

interface SecurityProps {
  path: string
  tabs: readonly SecurityTab[]
  security: Security
  /** A business, and not the platform. */
  at_business: boolean
  /** Where the person comes from now. */
  own_address: string
  may_write: boolean
  state: FormState
}

const shown = ['two_factor_deadline', 'allowed_ips', 'session_hours']

export const securityView = (props: SecurityProps): Html => (
  <>
    <PageHead
      title="Security"
      sub={
        props.at_business
          ? 'What everybody in the business has to keep to, people and tokens alike.'
          : 'What the staff of the operator has to keep to. Each business decides for itself.'
      }
    />
    <Tabs tabs={props.tabs} current={props.path} />
    <Wrong state={props.state} shown={shown} />
    {props.may_write ? <Rules {...props} /> : <Summary {...props} />}
  </>
)

const Rules = ({ path, security, at_business, own_address, state }: SecurityProps): Html => (
  <Form action={path} state={state} version={security.version}>
    <div class="columns">
      <Card title="Second factor">
        <div class="stack">
          <Check
            name="require_two_factor"
            label="Everybody needs a second factor"
            state={state}
            checked={security.require_two_factor}
          />
          <Field
            name="two_factor_deadline"
            label="From when on"
            type="date"
            state={state}
            value={security.two_factor_deadline?.slice(0, 10)}
            hint="Until the end of this day people are reminded; then they can do nothing else before they have one. Left empty, they have a fortnight."
          />
        </div>
      </Card>
      <Card title="Addresses">
        <div class="stack">
          <Field
            name="allowed_ips"
            label="Only from these"
            rows={4}
            state={state}
            value={security.allowed_ips.join('\n')}
            placeholder="203.0.113.0/24"
            hint={
              <>
                Addresses or CIDR ranges, one to a line; empty lets everybody in. You come from{' '}
                <code>{own_address || 'an address we cannot see'}</code>.
              </>
            }
          />
        </div>
      </Card>
      <Card title="Sessions">
        <div class="stack">
          <Field
            name="session_hours"
            label="Hours"
            type="number"
            state={state}
            value={security.session_hours}
            hint="Whoever does not come back within half of this signs in again."
            required
          />
        </div>
      </Card>
      {at_business && <Support state={state} is_allowed={security.allow_support_access} />}
    </div>
    <div class="actions">
      <Button kind="primary">Save</Button>
    </div>
  </Form>
)

const Support = ({
  state,
  is_allowed,
}: Pick<SecurityProps, 'state'> & { is_allowed: boolean }): Html => (
  <Card title="Support">
    <div class="stack">
      <Check
        name="allow_support_access"
        label="The operator’s staff may look through the eyes of a member"
        state={state}
        checked={is_allowed}
      />
      <p class="small muted">
        For an hour at most, with a reason that you read. The owners get a mail each time. Unticking
        it shows out whoever looks in now.
      </p>
    </div>
  </Card>
)

const Summary = ({ security, at_business }: SecurityProps): Html => (
  <Card>
    <Facts
      of={[
        [
          'Second factor',
          security.require_two_factor ? 'Needed by everybody' : 'Everybody decides',
        ],
        ['From when on', <When at={security.two_factor_deadline} />],
        ['Addresses', security.allowed_ips.join(', ') || 'From anywhere'],
        ['Sessions', `${security.session_hours} hours`],
        ...(at_business
          ? ([
              ['Support', security.allow_support_access ? 'May look in' : 'May not look in'],
            ] as const)
          : []),
      ]}
    />
  </Card>
)
