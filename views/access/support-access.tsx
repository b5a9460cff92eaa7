/** Support access: asked for by the operator's staff, watched by the business. */
import type { Html } from '../../src/kit/html.ts'
import type { Impersonation, SupportVisit } from '../../src/access/impersonation/schema.ts'
import { ActionButton, Button, Check, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead, Tabs } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import type { SecurityTab } from './security.tsx'

interface ListOf<Row> {
  data: Row[]
  has_more: boolean
  next_cursor: string | null
}

interface SupportAccessProps {
  url: URL
  roles: readonly string[]
  /** Set when the page was reached from a business. */
  tenant: { id: string; allowed_ips: readonly string[] } | undefined
  state: FormState
  impersonations: ListOf<Impersonation>
}

const Times = ({ of }: { of: Pick<SupportVisit, 'started_at' | 'expires_at' | 'ended_at'> }) => (
  <div>
    <When at={of.started_at} />
    <div class="small muted">
      {of.ended_at ? 'ended ' : of.expires_at ? 'until ' : 'not opened'}
      {(of.ended_at ?? of.expires_at) && <When at={of.ended_at ?? of.expires_at} />}
    </div>
  </div>
)

export const supportAccessView = (props: SupportAccessProps): Html => (
  <>
    <PageHead
      title="Support access"
      sub="Look through the eyes of somebody in a business, with a reason that the business reads."
    />
    <Wrong state={props.state} shown={['tenant_id', 'email', 'role', 'reason', 'minutes']} />
    <Ask {...props} />
    <Fence {...props} />
    <Card title="Who looked in" flush>
      <Table
        rows={props.impersonations.data}
        url={props.url}
        empty={
          <Empty icon="user" title="Nobody looked in">
            Each look is kept here and at the business.
          </Empty>
        }
        columns={[
          {
            title: 'Business',
            cell: ({ tenant_id, tenant_name, user_name }) => (
              <div>
                <a class="row-link" href={`/platform/tenants/${tenant_id}`}>
                  {tenant_name}
                </a>
                <div class="small muted">as {user_name}</div>
              </div>
            ),
          },
          { title: 'Who', cell: ({ staff_name }) => staff_name || <span class="muted">—</span> },
          { title: 'Reason', cell: ({ reason }) => reason },
          { title: 'May', cell: ({ read_only }) => (read_only ? 'Read' : 'Change') },
          { title: 'When', cell: (row) => <Times of={row} /> },
          { title: '', cell: ({ state }) => <Status of={state} /> },
        ]}
      />
    </Card>
    <Pager page={props.impersonations} url={props.url} />
  </>
)

const Ask = ({ roles, tenant, state, url }: SupportAccessProps): Html => (
  <Card title="Ask for a look">
    <Form action={url.pathname} state={state}>
      <div class="columns">
        <div class="stack">
          <Field
            name="tenant_id"
            label="Business"
            state={state}
            value={tenant?.id}
            hint="Its id, as on its page."
            required
          />
          <Field
            name="email"
            label="Person"
            type="email"
            state={state}
            hint="The e-mail address; or leave it empty and choose a role."
          />
          <Field
            name="role"
            label="Or whoever has had this role longest"
            state={state}
            choices={roles.map((role) => [role, role] as const)}
            required
          />
        </div>
        <div class="stack">
          <Field
            name="reason"
            label="Reason"
            rows={3}
            state={state}
            hint="The business reads it: what it asked for, or the number of its ticket."
            required
          />
          <Field
            name="minutes"
            label="Minutes"
            type="number"
            state={state}
            value={30}
            hint="60 at most."
            required
          />
          <Check name="may_change" label="I have to change something" state={state} />
        </div>
      </div>
      <div class="actions">
        <Button kind="primary">Ask</Button>
      </div>
    </Form>
  </Card>
)

/** The way back for a business that shut itself out. */
const Fence = ({ tenant, state, url }: SupportAccessProps): Html => {
  if (!tenant || tenant.allowed_ips.length === 0) return <></>
  return (
    <Card title="Addresses">
      <div class="stack">
        <p>
          People and tokens of this business come only from {tenant.allowed_ips.join(', ')}. When
          nobody of it is there any more, clear the list; the business sees in its trail who did.
        </p>
        <ActionButton
          action={`${url.pathname}/${tenant.id}/open_addresses`}
          state={state}
          kind="danger"
        >
          Clear the list of addresses
        </ActionButton>
      </div>
    </Card>
  )
}

interface HistoryProps {
  url: URL
  tabs: readonly SecurityTab[]
  may_end: boolean
  state: FormState
  visits: ListOf<SupportVisit>
}

export const supportHistoryView = ({ url, tabs, may_end, state, visits }: HistoryProps): Html => (
  <>
    <PageHead title="Security" sub="When the operator’s staff looked into the business, and why." />
    <Tabs tabs={tabs} current={url.pathname} />
    <Wrong state={state} />
    <Card flush>
      <Table
        rows={visits.data}
        url={url}
        empty={
          <Empty icon="user" title="Nobody looked in">
            When somebody of the operator’s staff looks through the eyes of a member, it stands
            here: who, why, and how long.
          </Empty>
        }
        columns={[
          {
            title: 'Who',
            cell: ({ staff_name, user_name }) => (
              <div>
                {staff_name}
                <div class="small muted">as {user_name}</div>
              </div>
            ),
          },
          { title: 'Reason', cell: ({ reason }) => reason },
          { title: 'Could', cell: ({ read_only }) => (read_only ? 'Read' : 'Change') },
          { title: 'When', sort: 'started_at', cell: (row) => <Times of={row} /> },
          {
            title: '',
            end: true,
            cell: (row) =>
              row.state === 'open' && may_end ? (
                <ActionButton action={`${url.pathname}/${row.id}/end`} state={state} kind="danger">
                  Show out
                </ActionButton>
              ) : (
                <Status of={row.state} />
              ),
          },
        ]}
      />
    </Card>
    <Pager page={visits} url={url} />
  </>
)
