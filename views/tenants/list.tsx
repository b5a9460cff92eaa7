/** The businesses on this installation. */
import type { Html } from '../../src/kit/html.ts'
import type { Tenant } from '../../src/tenants/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

export interface TenantListProps {
  url: URL
  may_write: boolean
  tenants: { data: Tenant[]; has_more: boolean; next_cursor: string | null }
}

const found = (
  <LinkButton href="/platform/tenants/new" kind="primary" icon="plus">
    Found a business
  </LinkButton>
)

export const tenantListView = ({ url, may_write, tenants }: TenantListProps): Html => (
  <>
    <PageHead title="Businesses" sub="Each has a file of its own, with everything in it.">
      {may_write && found}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Name, short name or e-mail' },
        {
          name: 'status',
          label: 'State',
          choices: [
            ['onboarding', 'Being set up'],
            ['active', 'Active'],
            ['restricted', 'Restricted'],
            ['suspended', 'Suspended'],
            ['closing', 'Closing'],
            ['deleted', 'Erased'],
            ['pending', 'Being founded'],
          ],
        },
        {
          name: 'environment',
          label: 'Environment',
          choices: [
            ['live', 'Live'],
            ['sandbox', 'Sandbox'],
          ],
        },
        {
          name: 'kind',
          label: 'Kind',
          choices: [
            ['primary', 'Of its own'],
            ['sandbox', 'Sandbox of another'],
            ['branch', 'Branch of another'],
          ],
        },
        { name: 'plan', label: 'Plan' },
      ]}
    />
    <Card flush>
      <List url={url} may_write={may_write} tenants={tenants} />
    </Card>
    <Pager page={tenants} url={url} />
  </>
)

const List = ({ url, may_write, tenants }: TenantListProps): Html => (
  <Table
    rows={tenants.data}
    url={url}
    empty={
      <Empty
        icon="building"
        title={url.search ? 'No business like this' : 'No business yet'}
        action={
          may_write &&
          !url.search && (
            <LinkButton href="/platform/tenants/new" kind="primary">
              Found the first one
            </LinkButton>
          )
        }
      >
        A business has its own items, orders, people and tokens.
      </Empty>
    }
    columns={[
      {
        title: 'Business',
        sort: 'name',
        cell: (tenant) => (
          <div>
            <a class="row-link" href={`/platform/tenants/${tenant.id}`}>
              {tenant.name}
            </a>
            <div class="small muted">{tenant.domains[0]?.domain ?? tenant.slug}</div>
          </div>
        ),
      },
      { title: 'State', cell: (tenant) => <Status of={tenant.status} /> },
      { title: 'Environment', cell: (tenant) => <Status of={tenant.environment} /> },
      {
        title: 'Plan',
        cell: ({ plan }) => (plan === 'unlimited' ? <span class="muted">none</span> : plan),
      },
      { title: 'Looked after by', cell: (tenant) => tenant.admin_email },
      {
        title: 'Founded',
        sort: 'created_at',
        cell: (tenant) => <When at={tenant.created_at} date_only />,
      },
    ]}
  />
)
