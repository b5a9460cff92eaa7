/** What it costs, for who is not here yet. */
import type { Html } from '../../src/kit/html.ts'
import type { PublicPlan } from '../../src/plans/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Empty, PageHead } from '../ui/layout.tsx'
import { PriceLists } from './price-lists.tsx'

interface PricingProps {
  plans: PublicPlan[]
  /** What a stranger may set up. */
  environment: 'sandbox' | 'live'
}

export const pricingView = ({ plans, environment }: PricingProps): Html => (
  <>
    <PageHead
      title="Plans and prices"
      sub={
        environment === 'sandbox'
          ? 'Look around in a sandbox of your own first: it costs nothing.'
          : 'Set up your business now, and choose a plan when you know what you need.'
      }
    >
      <LinkButton href="/sign-in">Sign in</LinkButton>
      <LinkButton href="/sign-up" kind="primary">
        Set up your business
      </LinkButton>
    </PageHead>
    {plans.length === 0 && (
      <Empty icon="layers" title="No price list">
        Nothing is sold here: whoever runs this installation tells you what it costs.
      </Empty>
    )}
    <PriceLists plans={plans} head={({ name }) => name} foot={offer} />
  </>
)

const offer = ({ trial_days, summary }: PublicPlan): Html => (
  <div class="small muted">
    {summary && <div>{summary}</div>}
    {trial_days > 0 && <div>{trial_days} days to try it</div>}
  </div>
)
