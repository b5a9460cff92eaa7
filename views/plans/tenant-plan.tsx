/** The plan of one business, as the operator sees and changes it. */
import type { Html } from '../../src/kit/html.ts'
import { features, limits, meters } from '../../src/kit/terms.ts'
import type { FeatureAnswer } from '../../src/plans/schema-features.ts'
import type { Override, OwnPlan, PastSubscription, Plan } from '../../src/plans/schema.ts'
import { ActionButton, Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { Status, sentence } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { Answers, History, InUse } from './in-use.tsx'
import { countText, priceText, rateText } from './words.tsx'

export interface TenantPlanProps {
  tenant_id: string
  plan: OwnPlan
  plans: Plan[]
  past: PastSubscription[]
  overrides: Override[]
  answers: FeatureAnswer[]
  state: FormState
  may_write: boolean
  /** Where the page of the business is. */
  home: string
}

export const tenantPlanView = (props: TenantPlanProps): Html => (
  <>
    <PageHead
      title="Plan"
      crumbs={[
        ['Businesses', '/platform/tenants'],
        ['The business', props.home],
      ]}
    />
    <Wrong state={props.state} shown={['plan', 'name', 'value', 'ends_at', 'reason']} />
    <div class="columns">
      <Current {...props} />
      {props.may_write && <Assign {...props} />}
    </div>
    <InUse plan={props.plan} usage={`${props.home}/usage`} />
    <Overrides {...props} />
    {props.may_write && <NewOverride {...props} />}
    <Answers answers={props.answers} />
    <History past={props.past} />
  </>
)

const Current = ({
  plan: { plan, is_trial, from_at, next, period, trial_used },
  ...props
}: TenantPlanProps) => (
  <Card title={plan.name}>
    <div class="stack">
      <Facts
        of={[
          ['Price', plan.id ? priceText(plan.price, plan.interval) : '—'],
          ...(is_trial ? [['', <Status of="pending_setup" label="Being tried" />] as const] : []),
          ['Since', <When at={from_at} />],
          ['Period', [<When at={period.starts_at} />, ' to ', <When at={period.ends_at} />]],
          ...(next ? [['Then', <Following plan={next.plan.name} at={next.at} />] as const] : []),
          ['Trial', trial_used ? 'Used' : 'Not used yet'],
        ]}
      />
      {props.may_write && next && (
        <ActionButton action={`${props.home}/plan/keep`} state={props.state}>
          {is_trial ? 'End the trial now' : `Stay on ${plan.name}`}
        </ActionButton>
      )}
      {props.may_write && plan.id && (
        <ActionButton action={`${props.home}/plan/remove`} state={props.state} kind="quiet">
          Take it from its plan: nothing is limited
        </ActionButton>
      )}
    </div>
  </Card>
)

const Following = ({ plan, at }: { plan: string; at: string }): Html => (
  <>
    {plan}, <When at={at} />
  </>
)

const Assign = ({ plans, plan, state, home }: TenantPlanProps): Html => (
  <Card title="Change">
    <Form action={`${home}/plan`} state={state}>
      <Field
        name="plan"
        label="Plan"
        state={state}
        value={plan.plan.code}
        choices={plans.map((each) => [
          each.code,
          `${each.name} (${each.code}), ${priceText(each.price, each.interval)}`,
        ])}
        required
      />
      <Field
        name="when"
        label="When"
        state={state}
        choices={[
          ['now', 'At once'],
          ['period_end', 'When the period ends'],
        ]}
        required
      />
      <Field name="reason" label="Why" state={state} />
      <Button kind="primary">Put it on this plan</Button>
    </Form>
  </Card>
)

const Overrides = ({ overrides, state, may_write, home }: TenantPlanProps): Html => (
  <Card title="Exceptions" flush>
    <Table
      rows={overrides}
      empty={
        <Empty icon="check" title="No exception">
          What the plan says counts. An exception changes one thing for this business, for a reason.
        </Empty>
      }
      columns={[
        { title: 'What', cell: ({ kind, name }) => `${sentence(kind)}: ${name}` },
        { title: 'Instead', cell: ({ value }) => valueText(value) },
        { title: 'Why', cell: ({ reason }) => reason },
        {
          title: 'Until',
          cell: ({ ends_at }) => (ends_at ? <When at={ends_at} /> : 'Further notice'),
        },
        { title: 'By', cell: ({ created_by }) => created_by },
        {
          title: '',
          end: true,
          cell: ({ id }) =>
            may_write && (
              <ActionButton action={`${home}/plan/overrides/${id}`} state={state} kind="quiet">
                Remove
              </ActionButton>
            ),
        },
      ]}
    />
  </Card>
)

function valueText(value: Override['value']): string {
  if (value === null) return 'No limit'
  if (typeof value === 'boolean') return value ? 'Allowed' : 'Refused'
  if (typeof value === 'number') return countText(value)
  if ('included' in value) return `${countText(value.included)}${value.hard ? ', no more' : ''}`
  return rateText(value)
}

const NewOverride = ({ state, home }: TenantPlanProps): Html => (
  <Card title="Make an exception">
    <Form action={`${home}/plan/overrides`} state={state}>
      <div class="row-of-fields">
        <Field name="subject" label="Of what" state={state} choices={override_choices} required />
        <Field
          name="value"
          label="Instead"
          state={state}
          hint="Feature: yes or no. Otherwise a number, or none. Requests: a second / at once, 20/100. Quota: a number, with ! it refuses what is beyond."
          required
        />
      </div>
      <div class="row-of-fields">
        <Field name="reason" label="Why" state={state} required />
        <Field
          name="ends_at"
          label="Until"
          type="date"
          state={state}
          hint="Empty: further notice"
        />
      </div>
      <Button>Make it</Button>
    </Form>
  </Card>
)

/** What an exception can be about: `limit.seats`. */
const override_choices: (readonly [string, string])[] = [
  ...Object.entries(features).map(
    ([name, words]) => [`feature.${name}`, `Feature: ${words}`] as const,
  ),
  ...Object.entries(limits).map(
    ([name, words]) => [`limit.${name}`, `How many: ${words}`] as const,
  ),
  ...Object.entries(meters).map(
    ([name, { summary }]) => [`quota.${name}`, `In a period: ${summary}`] as const,
  ),
  ['rate.token', 'Requests of one token'],
  ['rate.organization', 'Requests of one organization'],
  ['rate.tenant', 'Requests of the whole business'],
]
