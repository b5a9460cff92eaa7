/** Founds a business; then shows, once, how its owner comes in. */
import type { Html } from '../../src/kit/html.ts'
import type { CreatedTenant } from '../../src/tenants/schema.ts'
import { Button, Check, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { Code } from '../ui/text.tsx'

const crumbs = [['Businesses', '/platform/tenants']] as const

interface NewTenantProps {
  state: FormState
  host: string
  plans: readonly { code: string; name: string }[]
}

export const newTenantView = ({ state, host, plans }: NewTenantProps): Html => (
  <>
    <PageHead
      title="Found a business"
      crumbs={crumbs}
      sub="It gets a file of its own, an owner and a first token."
    />
    <Card>
      <Wrong
        state={state}
        shown={['name', 'domain', 'admin_email', 'admin_name', 'environment', 'plan', 'time_zone']}
      />
      <Form action="/platform/tenants" state={state}>
        <Field name="name" label="Name of the business" state={state} required autofocus />
        <Field
          name="domain"
          label="Address"
          state={state}
          placeholder="made from the name"
          hint={`A word for word.${host}, or a host name of its own, which is verified later.`}
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
        <div class="row-of-fields">
          <Field
            name="plan"
            label="Plan"
            state={state}
            choices={[
              ['', 'None: nothing is limited'],
              ...plans.map(({ code, name }) => [code, `${name} (${code})`] as const),
            ]}
          />
          <Field name="time_zone" label="Time zone" state={state} placeholder="UTC" />
        </div>
        <Check
          name="sample_data"
          label="With sample data: items, stock and orders (sandbox only)"
          state={state}
        />
        <Button kind="primary" large>
          Found it
        </Button>
      </Form>
    </Card>
  </>
)

export const foundedView = ({ created, url }: { created: CreatedTenant; url: string }): Html => (
  <>
    <PageHead title={`${created.tenant.name} is founded`} crumbs={crumbs} />
    <Notice tone="warn">This is the only time the link and the token are shown here.</Notice>
    <Card title="For the owner">
      <div class="stack">
        <p>
          An invitation is on its way to {created.tenant.admin_email}. It holds this link, which
          works once, for seven days, and lets the owner set a password.
        </p>
        <Code>{url}</Code>
      </div>
    </Card>
    <Card title="For machines">
      <div class="stack">
        <p>The first token may do everything in this business, at {created.api_domain}.</p>
        <Code>{created.api_token}</Code>
      </div>
    </Card>
    <LinkButton href={`/platform/tenants/${created.tenant.id}`} kind="primary">
      I have kept both
    </LinkButton>
  </>
)
