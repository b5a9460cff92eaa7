/** The operator's price lists, and one plan with everything that it says. */
import type { Html } from '../../src/kit/html.ts'
import type { Plan, PlanRevision } from '../../src/plans/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { PlanFields, plan_fields } from './plan-fields.tsx'
import { PriceLists } from './price-lists.tsx'
import { priceText } from './words.tsx'

const path = '/platform/plans'
const crumbs = [['Plans', path]] as const

export const plansView = ({
  url,
  plans,
  may_write,
}: {
  url: URL
  plans: Plan[]
  may_write: boolean
}): Html => (
  <>
    <PageHead
      title="Plans"
      sub="What is sold. A change makes a new revision; those who are on a plan keep theirs until they are moved."
    >
      {may_write && (
        <LinkButton href={`${path}/new`} kind="primary" icon="plus">
          Draft a plan
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Name or code' },
        {
          name: 'state',
          label: 'State',
          choices: [
            ['active', 'Offered'],
            ['draft', 'Drafts'],
            ['retired', 'Retired'],
          ],
        },
      ]}
    />
    {plans.length === 0 ? (
      <Card>
        <Empty icon="list" title="No plan like this">
          Businesses without a plan may use everything.
        </Empty>
      </Card>
    ) : (
      <PriceLists
        plans={plans}
        head={({ name }) => name}
        foot={(plan) => (
          <div>
            <Status of={plan.state} {...(plan.state === 'active' && { label: 'Offered' })} />
            <div class="small muted">
              {plan.subscribers === 1 ? '1 business' : `${plan.subscribers} businesses`}
            </div>
            <a class="row-link" href={`${path}/${plan.id}`}>
              {may_write ? 'Change' : 'Look'}
            </a>
          </div>
        )}
      />
    )}
  </>
)

export const newPlanView = ({ state }: { state: FormState }): Html => (
  <>
    <PageHead
      title="Draft a plan"
      crumbs={crumbs}
      sub="Nobody sees it until you offer it. What is left empty is not limited."
    />
    <Wrong state={state} shown={plan_fields} />
    <Form action={path} state={state}>
      <PlanFields state={state} is_new />
      <Button kind="primary" large>
        Draft it
      </Button>
    </Form>
  </>
)

interface PlanProps {
  plan: Plan
  revisions: PlanRevision[]
  state: FormState
  may_write: boolean
}

export const planView = (props: PlanProps): Html => {
  const { plan, state, may_write } = props
  return (
    <>
      <PageHead
        title={plan.name}
        crumbs={crumbs}
        sub={`${plan.code} · ${priceText(plan.price, plan.interval)} · revision ${plan.revision}`}
      >
        {may_write && <Actions {...props} />}
      </PageHead>
      <Wrong state={state} shown={plan_fields} />
      {plan.state === 'retired' && (
        <Notice tone="warn">Retired: nobody new comes, those on it stay.</Notice>
      )}
      {plan.subscribers_behind > 0 && <Behind {...props} />}
      {may_write ? (
        <Form action={`${path}/${plan.id}`} state={state} version={plan.version}>
          <PlanFields state={state} plan={plan} />
          <Card>
            <Button kind="primary">Save as a new revision</Button>
          </Card>
        </Form>
      ) : (
        <Card title="What it says">
          <Facts of={[['Price', priceText(plan.price, plan.interval)]]} />
        </Card>
      )}
      <Revisions {...props} />
    </>
  )
}

const Actions = ({ plan, state }: PlanProps): Html => (
  <>
    {plan.state !== 'active' && (
      <ActionButton action={`${path}/${plan.id}/offer`} state={state} kind="primary" icon="check">
        Offer it
      </ActionButton>
    )}
    {plan.state === 'active' && (
      <ActionButton action={`${path}/${plan.id}/retire`} state={state}>
        Retire it
      </ActionButton>
    )}
    {plan.subscribers === 0 && (
      <ActionButton action={`${path}/${plan.id}/remove`} state={state} kind="danger">
        Remove it
      </ActionButton>
    )}
  </>
)

const Behind = ({ plan, state, may_write }: PlanProps): Html => (
  <Card title="On an earlier revision">
    <div class="stack">
      <p>
        {plan.subscribers_behind} of {plan.subscribers} businesses have what the plan said when they
        came.
      </p>
      {may_write && (
        <Form action={`${path}/${plan.id}/move`} state={state}>
          <Field name="reason" label="Why they are moved" state={state} required />
          <Button>Give them revision {plan.revision}</Button>
        </Form>
      )}
    </div>
  </Card>
)

const Revisions = ({ revisions }: PlanProps): Html => (
  <Card title="Revisions" flush>
    <Table
      rows={revisions}
      empty={<></>}
      columns={[
        { title: 'Revision', cell: ({ revision }) => revision },
        { title: 'Price', cell: ({ price, interval }) => priceText(price, interval) },
        { title: 'Businesses', cell: ({ subscribers }) => subscribers, end: true },
        { title: 'Made by', cell: ({ created_by }) => created_by },
        { title: 'When', cell: ({ created_at }) => <When at={created_at} /> },
      ]}
    />
  </Card>
)
