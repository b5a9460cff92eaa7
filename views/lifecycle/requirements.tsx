/** What is required of one business: looked after by the operator. */
import type { Html } from '../../src/kit/html.ts'
import { feature_names, features } from '../../src/kit/terms.ts'
import type { Requirement } from '../../src/lifecycle/requirements/schema.ts'
import type { Tenant } from '../../src/tenants/schema.ts'
import { ActionButton, Button, Check, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

export interface RequirementsProps {
  tenant: Tenant
  requirements: readonly Requirement[]
  catalogue: readonly { code: string; title: string }[]
  state: FormState
  may_write: boolean
}

export const requirementsView = (props: RequirementsProps): Html => (
  <>
    <PageHead
      title="Required"
      sub="What a business has to do by a time; once that is over, what it stands before is refused."
      crumbs={[
        ['Businesses', '/platform/tenants'],
        [props.tenant.name, `/platform/tenants/${props.tenant.id}`],
        ['Life', `/platform/tenants/${props.tenant.id}/life`],
      ]}
    />
    <Wrong state={props.state} shown={['known', 'code', 'title', 'detail', 'due_at', 'note']} />
    <Card flush>
      <Table
        rows={props.requirements}
        empty={
          <Empty icon="check" title="Nothing is required">
            Ask below for the first thing.
          </Empty>
        }
        columns={[
          {
            title: 'What',
            cell: (each) => (
              <div>
                <div>{each.title}</div>
                <div class="small muted">
                  {each.capabilities.map((name) => features[name]).join(', ')}
                </div>
              </div>
            ),
          },
          { title: 'Met', cell: ({ met_by }) => ways[met_by] },
          { title: 'Due', cell: (each) => <Due of={each} /> },
          {
            title: '',
            end: true,
            cell: (each) => props.may_write && <Steps {...props} of={each} />,
          },
        ]}
      />
    </Card>
    {props.may_write && <Add {...props} />}
  </>
)

const ways: Record<Requirement['met_by'], string> = {
  automatic: 'Seen by itself',
  operator: 'You say so',
  tenant: 'The business says so',
}

/** When it is due, and how it stands. */
export const Due = ({
  of: { state, due, due_at, met_at, waived_at, note },
}: {
  of: Requirement
}) =>
  state === 'open' ? (
    <div>
      <Status
        of={due === 'past_due' ? 'failed' : due === 'currently_due' ? 'waiting' : 'none'}
        label={due === 'past_due' ? 'Past due' : due === 'currently_due' ? 'Due' : 'Some day'}
      />{' '}
      {due_at && <When at={due_at} date_only />}
    </div>
  ) : (
    <div>
      <Status
        of={state === 'met' ? 'done' : 'skipped'}
        label={state === 'met' ? 'Met' : 'Waived'}
      />{' '}
      <When at={met_at ?? waived_at} date_only />
      {note && <div class="small muted">{note}</div>}
    </div>
  )

const Steps = ({ of, tenant, state }: RequirementsProps & { of: Requirement }): Html => {
  const path = `/platform/tenants/${tenant.id}/requirements/${of.id}`
  return (
    <div class="actions">
      {of.state === 'open' ? (
        <>
          <ActionButton action={`${path}/meet`} state={state} version={of.version}>
            Met
          </ActionButton>
          <ActionButton action={`${path}/waive`} state={state} version={of.version} kind="quiet">
            Waive
          </ActionButton>
        </>
      ) : (
        <ActionButton action={`${path}/reopen`} state={state} version={of.version} kind="quiet">
          Ask again
        </ActionButton>
      )}
    </div>
  )
}

const Add = ({ tenant, catalogue, requirements, state }: RequirementsProps): Html => {
  const asked = new Set(requirements.map(({ code }) => code))
  const open = catalogue.filter(({ code }) => !asked.has(code))
  return (
    <Card title="Require something">
      <Form action={`/platform/tenants/${tenant.id}/requirements`} state={state}>
        <Field
          name="known"
          label="What"
          state={state}
          required
          choices={[
            ...open.map(({ code, title }): [string, string] => [code, title]),
            ['other', 'Something else, named below'],
          ]}
        />
        <Field
          name="title"
          label="In your words"
          state={state}
          hint="Only for something else, or to replace the words above."
        />
        <Field name="detail" label="What to do" rows={2} state={state} />
        <Field
          name="due_at"
          label="By"
          type="date"
          state={state}
          hint="Refused from the beginning of that day; today refuses at once. Empty: some day."
        />
        <fieldset>
          <legend>Refused while it is past due</legend>
          {feature_names.map((name) => (
            <Check
              name="capabilities"
              value={name}
              label={features[name]}
              state={state}
              checked={name === 'shipping'}
            />
          ))}
        </fieldset>
        <Button kind="primary" icon="plus">
          Require it
        </Button>
      </Form>
    </Card>
  )
}
