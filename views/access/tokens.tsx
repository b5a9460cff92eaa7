/** Tokens of machines: what each may do, when it was used, and how a new one is made. */
import type { Html } from '../../src/kit/html.ts'
import type { Token } from '../../src/access/schema.ts'
import {
  ActionButton,
  Button,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

export interface TokensProps {
  path: string
  url: URL
  state: FormState
  may_write: boolean
  /** Some are unused, or end soon. */
  has_attention: boolean
  tokens: { data: Token[]; has_more: boolean; next_cursor: string | null }
  /** Organizations a token can be confined to; empty where there is no choice. */
  organizations: readonly { id: string; name: string }[]
}

export const tokensView = (props: TokensProps): Html => (
  <>
    <PageHead title="Tokens" sub="Machines sign in with these: shops, scanners, scripts.">
      {props.may_write && (
        <LinkButton href="#new" icon="plus">
          New token
        </LinkButton>
      )}
    </PageHead>
    {props.has_attention && !props.url.searchParams.has('attention') && (
      <Notice tone="warn">
        Some tokens were not used for 90 days, or end within 14.{' '}
        <a href={`${props.path}?attention=any`}>Look at them</a>
      </Notice>
    )}
    <Wrong state={props.state} shown={['name', 'scopes', 'allowed_ips', 'expires_on']} />
    <Filters
      url={props.url}
      filters={[
        {
          name: 'status',
          label: 'State',
          choices: [
            ['active', 'Active'],
            ['ended', 'Ended'],
          ],
        },
        {
          name: 'attention',
          label: 'To look at',
          choices: [
            ['any', 'Unused, or ending soon'],
            ['unused', 'Unused for 90 days'],
            ['expiring', 'Ending within 14 days'],
          ],
        },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.tokens} url={props.url} />
    {props.may_write && <NewToken {...props} />}
  </>
)

const List = ({ tokens, may_write, path, state, organizations }: TokensProps): Html => (
  <Table
    rows={tokens.data}
    empty={
      <Empty icon="key" title="No tokens here">
        A token lets a program do what its scopes say, and nothing else.
      </Empty>
    }
    columns={[
      {
        title: 'Name',
        cell: (token) => (
          <div>
            <strong>{token.name}</strong> <span class="muted">…{token.hint}</span>
            <div class="small muted">{reachOf(token, organizations)}</div>
          </div>
        ),
      },
      { title: 'May', cell: (token) => <span class="small">{token.scopes.join(', ')}</span> },
      {
        title: 'State',
        cell: (token) => (
          <div>
            <Status of={token.status} />
            {token.status === 'active' && token.expires_at && (
              <div class="small muted">
                until <When at={token.expires_at} />
              </div>
            )}
            {token.attention === 'expiring' && <Status of="needs_attention" label="Ends soon" />}
          </div>
        ),
      },
      {
        title: 'Last used',
        cell: (token) => (
          <div>
            <When at={token.last_used_at} />
            {token.last_used_ip && <div class="small muted">{token.last_used_ip}</div>}
            {token.attention === 'unused' && (
              <Status of="needs_attention" label="Unused for 90 days" />
            )}
          </div>
        ),
      },
      {
        title: '',
        end: true,
        cell: (token) =>
          may_write &&
          token.status === 'active' && (
            <div class="actions">
              {!token.replaced_by && (
                <ActionButton action={`${path}/${token.id}/rotate`} state={state} kind="quiet">
                  Rotate
                </ActionButton>
              )}
              <ActionButton action={`${path}/${token.id}/revoke`} state={state} kind="danger">
                End
              </ActionButton>
            </div>
          ),
      },
    ]}
  />
)

function reachOf(token: Token, organizations: TokensProps['organizations']): string {
  if (token.level === 'platform') return 'The platform'
  if (token.level === 'tenant') return 'The whole business'
  return organizations.find(({ id }) => id === token.organization_id)?.name ?? 'This organization'
}

const NewToken = ({ path, state, organizations }: TokensProps): Html => (
  <div id="new">
    <Card title="New token">
      <div class="stack">
        <Form action={path} state={state}>
          <Field name="name" label="Name" state={state} placeholder="Shop connector" required />
          <Field
            name="scopes"
            label="What it may do"
            state={state}
            rows={3}
            value="*.read"
            hint="One to a line: items.read, orders.*, *.read, or * for everything."
            required
          />
          {organizations.length > 1 && (
            <Field
              name="organization_id"
              label="Where"
              state={state}
              choices={[
                ['', 'The whole business'] as const,
                ...organizations.map(({ id, name }) => [id, name] as const),
              ]}
            />
          )}
          <Field name="expires_on" label="Ends after" type="date" state={state} />
          <Field
            name="allowed_ips"
            label="Only from"
            state={state}
            placeholder="203.0.113.7 10.0.0.0/8"
            hint="Addresses or ranges; empty for anywhere."
          />
          <Button kind="primary" icon="plus">
            Create token
          </Button>
        </Form>
        <p class="small muted">
          Rotating makes a new token that may do the same; the old one works for another day.
        </p>
      </div>
    </Card>
  </div>
)
