/** One business, as the operator sees it. */
import type { Html } from '../../src/kit/html.ts'
import type { Tenant } from '../../src/tenants/schema.ts'
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
import { Id, When } from '../ui/text.tsx'

export interface TenantProps {
  tenant: Tenant
  state: FormState
  may_write: boolean
}

export const tenantView = (props: TenantProps): Html => (
  <>
    <PageHead title={props.tenant.name} crumbs={[['Businesses', '/platform/tenants']]}>
      <LinkButton href={`/platform/tenants/${props.tenant.id}/life`}>Life</LinkButton>
    </PageHead>
    <Wrong state={props.state} shown={['name', 'admin_email', 'reason']} />
    {props.tenant.status === 'suspended' && (
      <Notice tone="warn">
        Suspended: it can be read and not written. {props.tenant.status_reason}
      </Notice>
    )}
    <div class="columns">
      <Card title="What is known">
        <Facts
          of={[
            ['State', <Status of={props.tenant.status} />],
            ['Kind', <Status of={props.tenant.environment} />],
            ['Short name', props.tenant.slug],
            ['Looked after by', props.tenant.admin_email],
            ['Founded', <When at={props.tenant.created_at} />],
            ['Changed', <When at={props.tenant.updated_at} />],
            ['Id', <Id value={props.tenant.id} />],
          ]}
        />
      </Card>
      {props.may_write && <Change {...props} />}
      {props.may_write && props.tenant.status !== 'pending' && <Standing {...props} />}
    </div>
  </>
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
      <Button>Save</Button>
    </Form>
  </Card>
)

const Standing = ({ tenant, state }: TenantProps): Html =>
  tenant.status === 'suspended' ? (
    <Card title="Let it go on">
      <div class="stack">
        <p>Its people and its tokens can write again at once.</p>
        <ActionButton
          action={`/platform/tenants/${tenant.id}/resume`}
          state={state}
          version={tenant.version}
          kind="primary"
        >
          Resume
        </ActionButton>
      </div>
    </Card>
  ) : (
    <Card title="Suspend">
      <div class="stack">
        <p>Its people and its tokens can read and no longer write. Nothing is lost.</p>
        <Form
          action={`/platform/tenants/${tenant.id}/suspend`}
          state={state}
          version={tenant.version}
        >
          <Field name="reason" label="Reason" state={state} hint="Shown to the business." />
          <Button kind="danger">Suspend</Button>
        </Form>
      </div>
    </Card>
  )
