/** The business itself: how it stands, what is required of it, and its end. */
import type { Child, Html } from '../../src/kit/html.ts'
import { features } from '../../src/kit/terms.ts'
import type { Capabilities, Requirement } from '../../src/lifecycle/requirements/schema.ts'
import type { Business } from '../../src/lifecycle/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'
import { Due } from './requirements.tsx'

export interface BusinessProps {
  business: Business
  capabilities: Capabilities
  state: FormState
  may_write: boolean
  may_close: boolean
}

export const businessView = (props: BusinessProps): Html => {
  const { business, capabilities, state, may_close } = props
  const open = capabilities.requirements.filter(({ state: each }) => each === 'open')
  return (
    <>
      <PageHead title={business.name} sub="How your business stands on this installation." />
      <Wrong state={state} shown={['confirm_name', 'grace_days', 'reason']} />
      <div class="columns">
        <Card title="How it stands">
          <Standing business={business} />
        </Card>
        {open.length > 0 && <Required {...props} open={open} />}
      </div>
      <Card title="What you may use" flush>
        <Table
          rows={capabilities.data}
          empty={<></>}
          columns={[
            {
              title: 'What',
              cell: ({ summary, reason }) => (
                <div>
                  {summary}
                  {reason && <div class="small muted">{reason}</div>}
                </div>
              ),
            },
            {
              title: 'State',
              cell: ({ status }) => (
                <Status
                  of={status === 'restricted' ? 'failed' : status === 'pending' ? 'waiting' : 'on'}
                  label={
                    { active: 'Usable', pending: 'Something is due', restricted: 'Refused' }[status]
                  }
                />
              ),
            },
            { title: 'By', cell: ({ deadline }) => <When at={deadline} date_only /> },
          ]}
        />
      </Card>
      {may_close && <End {...props} />}
    </>
  )
}

const Standing = ({ business }: { business: Business }): Html => {
  const facts: [string, Child][] = [
    ['State', <Status of={business.status} />],
    ['Kind', <Status of={business.environment} />],
    ['Short name', business.slug],
  ]
  if (business.status_reason) facts.push(['Reason', business.status_reason])
  if (business.closes_at) facts.push(['Erased on', <When at={business.closes_at} />])
  facts.push(
    ['Since', <When at={business.created_at} date_only />],
    ['Id', <Id value={business.id} />],
  )
  return <Facts of={facts} />
}

const Required = ({
  open,
  state,
  may_write,
}: BusinessProps & { open: readonly Requirement[] }): Html => (
  <Card title="Required of you" flush>
    <Table
      rows={open}
      empty={<></>}
      columns={[
        {
          title: 'What',
          cell: ({ title, detail, capabilities }) => (
            <div>
              <div>{title}</div>
              <div class="small muted">{detail}</div>
              <div class="small muted">
                For: {capabilities.map((name) => features[name]).join(', ')}
              </div>
            </div>
          ),
        },
        { title: 'Due', cell: (each) => <Due of={each} /> },
        {
          title: '',
          end: true,
          cell: ({ id, met_by, title }) =>
            may_write &&
            met_by !== 'operator' && (
              <ActionButton
                action={`/settings/business/requirements/${id}`}
                state={state}
                kind={met_by === 'tenant' ? 'primary' : 'quiet'}
              >
                {met_by === 'tenant' ? 'Accept' : 'Look again'}
                <span class="visually-hidden">: {title}</span>
              </ActionButton>
            ),
        },
      ]}
    />
  </Card>
)

const End = ({ business, state }: BusinessProps): Html => {
  if (business.status === 'closing') return <Reopen business={business} state={state} />
  if (business.status === 'suspended') return <></>
  return (
    <Card title="Close the business">
      <div class="stack">
        <Notice tone="warn">
          From then on it can only be read and exported. When the days you choose are over it is
          erased, with its sandboxes and branches, and nobody can bring it back. Until then you can
          reopen it here.
        </Notice>
        <Form action="/settings/business/close" state={state}>
          <Field
            name="confirm_name"
            label={`Type ${business.name} to confirm`}
            state={state}
            autocomplete="off"
            required
          />
          <Field
            name="grace_days"
            label="Days until it is erased"
            type="number"
            inputmode="numeric"
            value={30}
            state={state}
            required
          />
          <Field name="reason" label="Why" state={state} hint="Helps whoever runs this." />
          <Button kind="danger">Close {business.name}</Button>
        </Form>
      </div>
    </Card>
  )
}

const Reopen = ({ business, state }: Pick<BusinessProps, 'business' | 'state'>): Html => (
  <Card title="It is closing" actions={<LinkButton href="/settings/archives">Export</LinkButton>}>
    <div class="stack">
      <p>
        On <When at={business.closes_at} /> it is erased. Until then everything can be read and
        exported.
      </p>
      {business.paused_by === 'tenant' ? (
        <ActionButton action="/settings/business/reopen" state={state} kind="primary">
          Reopen it
        </ActionButton>
      ) : (
        <p>Whoever runs this installation closed it, and can reopen it.</p>
      )}
    </div>
  </Card>
)
