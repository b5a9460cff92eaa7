/** Those who want to found a business by themselves, as the operator sees them. */
import type { Html } from '../../../src/kit/html.ts'
import type { SignUp } from '../../../src/home/sign-up/schema.ts'
import { ActionButton, Wrong, type FormState } from '../../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../../ui/layout.tsx'
import { Status } from '../../ui/status.tsx'
import { Filters, Pager, Table } from '../../ui/table.tsx'
import { When } from '../../ui/text.tsx'

export interface SignUpsProps {
  url: URL
  state: FormState
  /** What strangers may found; undefined for nothing. */
  open: 'sandbox' | 'live' | undefined
  may_write: boolean
  sign_ups: { data: SignUp[]; has_more: boolean; next_cursor: string | null }
}

export const signUpsView = (props: SignUpsProps): Html => (
  <>
    <PageHead
      title="Sign-ups"
      sub="Strangers who want to found a business and have yet to open the link in their mail."
    />
    <Wrong state={props.state} />
    {!props.open && (
      <Notice>
        Nobody can sign up here. The setting <code>sign_up</code> opens the page: sandbox or live.
      </Notice>
    )}
    <Filters
      url={props.url}
      filters={[
        { name: 'email', label: 'E-mail' },
        {
          name: 'state',
          label: 'State',
          choices: [
            ['pending', 'Waiting'],
            ['founded', 'Founded'],
            ['expired', 'Expired'],
            ['revoked', 'Revoked'],
          ],
        },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.sign_ups} url={props.url} />
  </>
)

const List = ({ sign_ups, url, may_write, state }: SignUpsProps): Html => (
  <Table
    rows={sign_ups.data}
    url={url}
    empty={
      <Empty icon="people" title="Nobody yet">
        Who signs up stands here with what became of it, for 90 days.
      </Empty>
    }
    columns={[
      {
        title: 'Business',
        cell: ({ business_name, tenant_id }) =>
          tenant_id ? (
            <a href={`/platform/tenants/${tenant_id}`}>{business_name}</a>
          ) : (
            business_name
          ),
      },
      {
        title: 'Who',
        cell: ({ person_name, email }) => (
          <div>
            {person_name}
            <div class="small muted">{email}</div>
          </div>
        ),
      },
      { title: 'State', cell: ({ state }) => <Status of={state} /> },
      { title: 'From', cell: ({ ip }) => <span class="mono small">{ip || '—'}</span> },
      {
        title: 'Asked',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} />,
      },
      { title: 'Until', cell: ({ expires_at }) => <When at={expires_at} /> },
      {
        title: '',
        cell: (row) =>
          may_write &&
          row.state === 'pending' && (
            <ActionButton action={`/platform/sign_ups/${row.id}/revoke`} state={state}>
              Revoke
            </ActionButton>
          ),
      },
    ]}
  />
)
