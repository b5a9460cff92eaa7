/** What a plan includes and how much of it is used; and why each feature may be used or not. */
import type { Html } from '../../src/kit/html.ts'
import type { FeatureAnswer } from '../../src/plans/schema-features.ts'
import type { OwnPlan, PastSubscription } from '../../src/plans/schema.ts'
import { Card, Empty } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { amountText, countText, overageText } from './words.tsx'

interface Line {
  what: string
  used: string
  included: string
  share: number | undefined
  more: string
}

const linesOf = ({ limits, meters, plan }: OwnPlan): Line[] => [
  ...limits.map(({ summary, allowed, current }) => ({
    what: summary,
    used: countText(current),
    included: allowed === null ? 'Unlimited' : countText(allowed),
    share: allowed === null ? undefined : current / Math.max(allowed, 1),
    more: '',
  })),
  ...meters.filter(isTold).map(({ meter, summary, used, quota, overage }) => ({
    what: summary,
    used: amountText(meter, used),
    included: quota ? amountText(meter, quota.included) : overage ? '—' : 'Unlimited',
    share: quota ? used / quota.included : undefined,
    more: quota?.hard
      ? 'no more'
      : overage
        ? overageText(meter, overage, plan.price?.currency ?? 'USD')
        : '',
  })),
]

/** @param usage where the lines behind the numbers are */
export const InUse = ({ plan, usage }: { plan: OwnPlan; usage?: string }): Html => (
  <Card
    title="Included and used"
    flush
    actions={usage && <a href={usage}>See the usage line by line</a>}
  >
    <Table
      rows={linesOf(plan)}
      empty={<></>}
      columns={[
        { title: 'What', cell: ({ what }) => what },
        { title: 'Used', cell: ({ used }) => used, end: true },
        { title: 'Included', cell: ({ included }) => included, end: true },
        {
          title: '',
          cell: ({ what, share }) =>
            share !== undefined && (
              <progress class="progress" max={100} value={percent(share)} aria-label={what} />
            ),
        },
        { title: 'Beyond', cell: ({ more }) => more },
      ]}
    />
  </Card>
)

/** People are counted above already, unless they are priced as well. */
const isTold = ({ meter, quota, overage }: OwnPlan['meters'][number]): boolean =>
  meter !== 'seats' || quota !== null || overage !== null

const percent = (share: number): number => Math.min(100, Math.round(share * 100))

const step_names = {
  kill_switch: 'Switch',
  requirement: 'Required',
  plan: 'Plan',
  flag: 'Rollout',
}

export const Answers = ({ answers }: { answers: readonly FeatureAnswer[] }): Html => (
  <Card title="Features" flush>
    <Table
      rows={answers}
      empty={<></>}
      columns={[
        {
          title: 'Feature',
          cell: ({ feature, summary }) => (
            <div>
              {summary}
              <div class="small muted">{feature}</div>
            </div>
          ),
        },
        {
          title: 'Now',
          cell: ({ allowed }) => (
            <Status of={allowed ? 'on' : 'off'} label={allowed ? 'Allowed' : 'Refused'} />
          ),
        },
        {
          title: 'Why',
          cell: ({ decided_by, reason, chain }) => (
            <details>
              <summary>
                {step_names[decided_by]}: {reason}
              </summary>
              <ol class="small muted">
                {chain.map((step) => (
                  <li>
                    {step_names[step.step]}{' '}
                    {step.answer === 'silent' ? 'says nothing' : step.answer}: {step.reason}
                  </li>
                ))}
              </ol>
            </details>
          ),
        },
      ]}
    />
  </Card>
)

export const History = ({ past }: { past: readonly PastSubscription[] }): Html => (
  <Card title="Plans until now" flush>
    <Table
      rows={past}
      empty={
        <Empty icon="clock" title="Never on a plan">
          Without a plan everything may be used.
        </Empty>
      }
      columns={[
        {
          title: 'Plan',
          cell: ({ plan, revision, is_trial }) => (
            <div>
              {plan.name}
              <div class="small muted">
                {plan.code}, revision {revision}
                {is_trial && ', tried'}
              </div>
            </div>
          ),
        },
        { title: 'From', cell: ({ from_at }) => <When at={from_at} /> },
        {
          title: 'Until',
          cell: ({ until_at }) =>
            until_at ? <When at={until_at} /> : <Status of="on" label="Now" />,
        },
        { title: 'By', cell: ({ changed_by }) => changed_by.name },
        { title: 'Why', cell: ({ reason }) => reason },
      ]}
    />
  </Card>
)
