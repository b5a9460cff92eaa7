/** Founds a business; then shows, once, how its owner comes in. */
import type { Html } from '../../src/kit/html.ts'
import type { CreatedTenant } from '../../src/tenants/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { Code } from '../ui/text.tsx'

const crumbs = [['Businesses', '/platform/tenants']] as const

export const newTenantView = ({ state, host }: { state: FormState; host: string }): Html => (
  <>
    <PageHead
      title="Found a business"
      crumbs={crumbs}
      sub="It gets a file of its own, an owner and a first token."
    />
    <Card>
      <Wrong state={state} shown={['name', 'slug', 'admin_email', 'admin_name', 'environment']} />
      <Form action="/platform/tenants" state={state}>
        <Field name="name" label="Name of the business" state={state} required autofocus />
        <Field
          name="slug"
          label="Short name"
          state={state}
          placeholder="made from the name"
          hint={`Small letters, digits and hyphens. Also its address: short-name.${host}`}
        />
        <div class="row-of-fields">
          <Field name="admin_name" label="Owner" state={state} />
          <Field
            name="admin_email"
            label="E-mail of the owner"
            type="email"
            state={state}
            required
          />
        </div>
        <Field
          name="environment"
          label="Kind"
          state={state}
          choices={[
            ['live', 'Live: real carriers and real money'],
            ['sandbox', 'Sandbox: to try things out'],
          ]}
          required
        />
        <Button kind="primary" large>
          Found it
        </Button>
      </Form>
    </Card>
  </>
)

export const foundedView = ({ tenant, url }: { tenant: CreatedTenant; url: string }): Html => (
  <>
    <PageHead title={`${tenant.name} is founded`} crumbs={crumbs} />
    <Notice tone="warn">This is the only time the link and the token are shown.</Notice>
    <Card title="For the owner">
      <div class="stack">
        <p>
          Send this link to {tenant.admin_email}. It works once, for seven days, and lets the owner
          set a password.
        </p>
        <Code>{url}</Code>
      </div>
    </Card>
    <Card title="For machines">
      <div class="stack">
        <p>The first token may do everything in this business.</p>
        <Code>{tenant.token}</Code>
      </div>
    </Card>
    <LinkButton href={`/platform/tenants/${tenant.id}`} kind="primary">
      I have kept both
    </LinkButton>
  </>
)
