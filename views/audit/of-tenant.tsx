/** The operator looks through the audit trail of a business; that he did is noted in both trails. */
import type { Html } from '../../src/kit/html.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { actor_kinds } from './audit.tsx'
import { TrailTable, type Trail } from './trail.tsx'

interface TenantTrailProps {
  tenant_id: string
  state: FormState
  /** Undefined until something was asked for. */
  trail: Trail | undefined
}

const asked = ['action', 'subject_id', 'actor_id', 'actor_kind', 'request_id'] as const

export const tenantTrailView = ({ tenant_id, state, trail }: TenantTrailProps): Html => {
  const action = `/platform/tenants/${tenant_id}/audit`
  return (
    <>
      <PageHead
        title="Audit trail of a business"
        sub={tenant_id}
        crumbs={[['The business', `/platform/tenants/${tenant_id}`]]}
      />
      <Notice tone="warn">
        Each look is written into your trail and into that of the business, where its people see it.
      </Notice>
      <Wrong state={state} shown={[...asked]} />
      <Card>
        <Form action={action} state={state}>
          <div class="row-of-fields">
            <Field name="action" label="What" state={state} placeholder="items.update, or items." />
            <Field name="subject_id" label="On (id)" state={state} />
            <Field name="actor_id" label="By (id)" state={state} />
            <Field
              name="actor_kind"
              label="Who"
              state={state}
              choices={[['', 'Any'], ...actor_kinds]}
            />
            <Field name="request_id" label="Request" state={state} />
          </div>
          <Button kind="primary" icon="search">
            Look
          </Button>
        </Form>
      </Card>
      {trail && (
        <Card flush>
          <TrailTable trail={trail} searched path={undefined} />
        </Card>
      )}
      {trail?.next_cursor && (
        <Form action={action} state={state} inline>
          {asked.map((name) => (
            <input type="hidden" name={name} value={state.fields.get(name) ?? ''} />
          ))}
          <input type="hidden" name="cursor" value={trail.next_cursor} />
          <Button>Next page</Button>
        </Form>
      )}
    </>
  )
}
