/** One business, as the operator sees it. */
import type { Html } from '../../src/kit/html.ts'
import type { Tenant } from '../../src/tenants/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead, Tabs } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Id, When } from '../ui/text.tsx'

export interface TenantProps {
  tenant: Tenant
  state: FormState
  may_write: boolean
}

/** What else is known of it; each page is of the room that knows it. */
const places = [
  ['Overview', ''],
  ['Plan', '/plan'],
  ['Usage', '/usage'],
  ['Analytics', '/analytics'],
  ['Life', '/life'],
  ['Siblings', '/siblings'],
  ['Export', '/archives'],
  ['Audit trail', '/audit'],
] as const

export const tenantView = (props: TenantProps): Html => {
  const { tenant, state, may_write } = props
  const path = `/platform/tenants/${tenant.id}`
  return (
    <>
      <PageHead title={tenant.name} crumbs={[['Businesses', '/platform/tenants']]}>
        <LinkButton href={`/platform/support?tenant_id=${tenant.id}`} icon="user">
          Support access
        </LinkButton>
      </PageHead>
      <Tabs tabs={places.map(([label, rest]) => [label, path + rest])} current={path} />
      <Wrong state={state} shown={['name', 'admin_email', 'time_zone']} />
      <Standing tenant={tenant} />
      <div class="columns">
        <Known tenant={tenant} />
        <Card
          title="Addresses"
          actions={<a href={`/platform/domains?tenant_id=${tenant.id}`}>All of them</a>}
        >
          <Addresses tenant={tenant} />
        </Card>
        {may_write && tenant.status !== 'deleted' && <Change {...props} />}
      </div>
    </>
  )
}

const Standing = ({ tenant }: { tenant: Tenant }): Html => (
  <>
    {tenant.status === 'onboarding' && (
      <Notice>
        Its owner has yet to come in, or its first item and its address are missing. It works like
        any other meanwhile.
      </Notice>
    )}
    {tenant.status === 'suspended' && (
      <Notice tone="warn">Suspended: it can be read and not written. {tenant.status_reason}</Notice>
    )}
    {tenant.closes_at && (
      <Notice tone="warn">
        Closing: it can be read until <When at={tenant.closes_at} />, and is erased then.
      </Notice>
    )}
  </>
)

const Known = ({ tenant }: { tenant: Tenant }): Html => (
  <Card title="What is known">
    <Facts
      of={[
        ['State', <Status of={tenant.status} />],
        ['Environment', <Status of={tenant.environment} />],
        [
          'Plan',
          <a href={`/platform/tenants/${tenant.id}/plan`}>
            {tenant.plan === 'unlimited' ? 'None: nothing is limited' : tenant.plan}
          </a>,
        ],
        ...(tenant.parent_id
          ? ([
              [
                tenant.kind === 'branch' ? 'Branch of' : 'Sandbox of',
                <a href={`/platform/tenants/${tenant.parent_id}`}>
                  <Id value={tenant.parent_id} />
                </a>,
              ],
            ] as const)
          : []),
        ['Looked after by', tenant.admin_email],
        ['Time zone', tenant.time_zone],
        ['Founded', <When at={tenant.created_at} />],
        ['Changed', <When at={tenant.updated_at} />],
        ['Id', <Id value={tenant.id} />],
      ]}
    />
  </Card>
)

const words = {
  pending: 'waiting for proof',
  verified: 'leads here',
  unverified: 'proof is gone',
  released: 'released',
}

const Addresses = ({ tenant }: { tenant: Tenant }): Html => (
  <Facts
    of={tenant.domains.map(({ id, domain, state, is_primary }) => [
      domain,
      <a href={`/platform/domains/${id}`}>
        {words[state]}
        {is_primary && ', the primary one'}
      </a>,
    ])}
  />
)

const Change = ({ tenant, state }: TenantProps): Html => (
  <Card title="Change">
    <Form action={`/platform/tenants/${tenant.id}`} state={state} version={tenant.version}>
      <Field name="name" label="Name" state={state} value={tenant.name} required />
      <Field
        name="admin_email"
        label="Looked after by"
        type="email"
        state={state}
        value={tenant.admin_email}
        required
      />
      <Field
        name="time_zone"
        label="Time zone"
        state={state}
        value={tenant.time_zone}
        hint="Its days and its periods begin at midnight there."
        required
      />
      <Button>Save</Button>
    </Form>
  </Card>
)
