/** The plan of one's own business: what is used of it, what else there is, and how to get it. */
import type { Html } from '../../src/kit/html.ts'
import type { FeatureAnswer } from '../../src/plans/schema-features.ts'
import type { OfferedPlan, OwnPlan, PastSubscription } from '../../src/plans/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { When, dayText } from '../ui/text.tsx'
import { Answers, History, InUse } from './in-use.tsx'
import { PriceLists } from './price-lists.tsx'
import { countText, priceText } from './words.tsx'

export interface OwnPlanProps {
  plan: OwnPlan
  offered: OfferedPlan[]
  past: PastSubscription[]
  answers: FeatureAnswer[]
  state: FormState
  may_change: boolean
}

const path = '/settings/plan'

export const ownPlanView = (props: OwnPlanProps): Html => {
  const { plan, past, answers } = props
  const compared = comparable(props)
  return (
    <>
      <PageHead
        title="Plan"
        sub="What this business may use, how much of it is used, and what else there is."
      />
      <Wrong state={props.state} />
      <Next {...props} />
      <Card title={plan.plan.name}>
        <Facts
          of={[
            [
              'Price',
              plan.plan.id ? priceText(plan.plan.price, plan.plan.interval) : 'Nothing is limited',
            ],
            ['Since', <When at={plan.from_at} date_only />],
            ['This period ends', <When at={plan.period.ends_at} date_only />],
          ]}
        />
      </Card>
      <Try {...props} />
      <InUse plan={plan} usage="/settings/usage" />
      {compared.length > 0 && (
        <>
          <h2 id="compare">Compare plans</h2>
          <p class="muted">An upgrade begins at once, a downgrade when the period ends.</p>
          <PriceLists
            plans={compared}
            head={({ name }) => name}
            foot={(each) => <Choose {...props} each={each} />}
          />
        </>
      )}
      <Answers answers={answers} />
      <History past={past} />
    </>
  )
}

/** The list one is on; without a plan there is nothing to choose, and who is on none of them sees all. */
function comparable({ plan: { plan }, offered }: OwnPlanProps): OfferedPlan[] {
  if (!plan.id) return []
  const own = offered.find(({ code }) => code === plan.code)
  return own ? offered.filter(({ family }) => family === own.family) : offered
}

const Next = ({ plan: { plan, is_trial, next }, state, may_change }: OwnPlanProps): Html => {
  if (!next) return <></>
  const day = dayText(next.at.slice(0, 10))
  return (
    <Notice tone={is_trial ? 'info' : 'warn'}>
      {is_trial
        ? `You are trying ${plan.name}. On ${day} ${next.plan.name} counts again, unless you choose it.`
        : `${plan.name} counts until ${day}; then ${next.plan.name} does.`}
      {may_change && (
        <ActionButton action={`${path}/keep`} state={state}>
          {is_trial ? 'End the trial now' : `Stay on ${plan.name}`}
        </ActionButton>
      )}
    </Notice>
  )
}

const Try = ({ plan: { can_try }, state, may_change }: OwnPlanProps): Html =>
  can_try && may_change ? (
    <Card title={`Try ${can_try.plan.name} for ${can_try.days} days`}>
      <div class="stack">
        <p>
          Once, and without being charged for it:{' '}
          {priceText(can_try.plan.price, can_try.plan.interval)} only when you choose it. Afterwards
          your plan counts again.
        </p>
        <ActionButton action={`${path}/trial`} state={state} kind="primary">
          Try {can_try.plan.name}
        </ActionButton>
      </div>
    </Card>
  ) : (
    <></>
  )

const verbs = { upgrade: 'Upgrade', downgrade: 'Downgrade' }

function Choose({
  each: { code, change, over },
  state,
  may_change,
  plan,
}: OwnPlanProps & { each: OfferedPlan }): Html {
  const is_tried = plan.is_trial && plan.plan.code === code
  if (change === 'current' && !plan.is_trial) return <Status of="on" label="Your plan" />
  if (change === 'by_operator') return <span class="small muted">Ask the operator</span>
  if (change === 'downgrade' && over.length > 0) {
    return (
      <div class="small muted">
        {over.map(({ summary, current, allowed }) => (
          <div>
            {summary}: {countText(current)}, room for {countText(allowed)}
          </div>
        ))}
      </div>
    )
  }
  if (!may_change) return <></>
  if (change === 'current') return <span class="small muted">After the trial</span>
  return (
    <div class="stack">
      {is_tried && <Status of="pending_setup" label="Being tried" />}
      <ActionButton
        action={`${path}/change/${code}`}
        state={state}
        {...(change === 'upgrade' && { kind: 'primary' as const })}
      >
        {verbs[change]}
      </ActionButton>
    </div>
  )
}
