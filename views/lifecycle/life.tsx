/** The life of one business, as the operator decides it: paused, closed, erased. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { Erasure } from '../../src/lifecycle/erasure/schema.ts'
import type { Requirement } from '../../src/lifecycle/requirements/schema.ts'
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
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'
import { Due } from './requirements.tsx'

export interface LifeProps {
  tenant: Tenant
  requirements: readonly Requirement[]
  erasure: Erasure | undefined
  state: FormState
  may_write: boolean
  may_erase: boolean
}

const pathOf = ({ id }: Tenant): string => `/platform/tenants/${id}`

export const lifeView = (props: LifeProps): Html => {
  const { tenant, erasure, state, may_write, may_erase } = props
  return (
    <>
      <PageHead
        title={`Life of ${tenant.name}`}
        crumbs={[
          ['Businesses', '/platform/tenants'],
          [tenant.name, pathOf(tenant)],
        ]}
      />
      <Wrong state={state} shown={['reason', 'grace_days', 'confirm_slug']} />
      <div class="columns">
        <Card title="How it stands">
          <Standing tenant={tenant} />
        </Card>
        <Required {...props} />
      </div>
      {erasure && <Certified erasure={erasure} tenant={tenant} />}
      {may_write && (
        <div class="columns">
          <Pause {...props} />
          <Close {...props} />
        </div>
      )}
      {may_erase && <Erase {...props} />}
    </>
  )
}

const told: Record<Tenant['status'], string> = {
  pending: 'It is being founded.',
  onboarding: 'It works, and is being set up.',
  active: 'It works.',
  restricted: 'It works, but for what stands behind a requirement that is past due.',
  suspended: 'It can be read and not written.',
  closing: 'It can be read and exported, and is erased when its grace is over.',
  deleted: 'It was erased. Nothing of it is left.',
}

const Standing = ({ tenant }: { tenant: Tenant }): Html => {
  const facts: [string, Child][] = [
    ['State', <Status of={tenant.status} />],
    ['That means', told[tenant.status]],
  ]
  if (tenant.status_reason) facts.push(['Reason', tenant.status_reason])
  if (tenant.closes_at) facts.push(['Erased on', <When at={tenant.closes_at} />])
  if (tenant.deleted_at) facts.push(['Erased', <When at={tenant.deleted_at} />])
  facts.push(['Founded', <When at={tenant.created_at} />])
  return <Facts of={facts} />
}

const Required = ({ tenant, requirements, may_write }: LifeProps): Html => (
  <Card
    title="Required of it"
    flush
    actions={
      may_write &&
      tenant.status !== 'deleted' && (
        <LinkButton href={`${pathOf(tenant)}/requirements`}>Look after them</LinkButton>
      )
    }
  >
    <Table
      rows={requirements.filter(({ state }) => state === 'open')}
      empty={
        <Empty icon="check" title="Nothing is open">
          Require something, and what it stands before is refused once its time is over.
        </Empty>
      }
      columns={[
        { title: 'What', cell: ({ title }) => title },
        { title: 'Due', cell: (each) => <Due of={each} /> },
      ]}
    />
  </Card>
)

const Pause = ({ tenant, state }: LifeProps): Html => {
  if (tenant.status === 'suspended') {
    return (
      <Card title="Let it go on">
        <div class="stack">
          <p>Its people and its tokens can write again at once.</p>
          <ActionButton
            action={`${pathOf(tenant)}/resume`}
            state={state}
            version={tenant.version}
            kind="primary"
          >
            Resume
          </ActionButton>
        </div>
      </Card>
    )
  }
  if (!['onboarding', 'active', 'restricted'].includes(tenant.status)) return <></>
  return (
    <Card title="Suspend">
      <div class="stack">
        <p>Its people and its tokens can read and no longer write. Nothing is lost.</p>
        <Form action={`${pathOf(tenant)}/suspend`} state={state} version={tenant.version}>
          <Field name="reason" label="Reason" state={state} hint="Shown to the business." />
          <Button kind="danger">Suspend</Button>
        </Form>
      </div>
    </Card>
  )
}

const Close = ({ tenant, state }: LifeProps): Html => {
  if (tenant.status === 'closing') {
    return (
      <Card title="Reopen">
        <div class="stack">
          <p>It goes on as before. Nothing was lost.</p>
          <ActionButton
            action={`${pathOf(tenant)}/reopen`}
            state={state}
            version={tenant.version}
            kind="primary"
          >
            Reopen
          </ActionButton>
        </div>
      </Card>
    )
  }
  if (tenant.status === 'pending' || tenant.status === 'deleted') return <></>
  return (
    <Card title="Close">
      <div class="stack">
        <p>
          It can be read and exported while its grace lasts, and is erased then, with its sandboxes
          and branches. Mails tell of it now, seven days and one day before the end.
        </p>
        <Form action={`${pathOf(tenant)}/close`} state={state} version={tenant.version}>
          <Field
            name="grace_days"
            label="Days of grace"
            type="number"
            inputmode="numeric"
            value={30}
            state={state}
            required
          />
          <Field name="reason" label="Reason" state={state} hint="Shown to the business." />
          <Button kind="danger">Close</Button>
        </Form>
      </div>
    </Card>
  )
}

const Erase = ({ tenant, state, erasure }: LifeProps): Html => {
  if (tenant.status === 'pending' || erasure) return <></>
  return (
    <Card title="Erase now">
      <div class="stack">
        <Notice tone="bad">
          Everything of it is removed at once, here and from every copy and backup. Nobody can bring
          it back. Export it first if anybody may want it.
        </Notice>
        <Form action={`${pathOf(tenant)}/erase`} state={state}>
          <Field
            name="confirm_slug"
            label={`Type ${tenant.slug} to confirm`}
            state={state}
            autocomplete="off"
            required
          />
          <Field
            name="reason"
            label="Reason"
            state={state}
            hint="Stays on the certificate: name nobody in it."
            required
          />
          <Button kind="danger">Erase {tenant.name} for ever</Button>
        </Form>
      </div>
    </Card>
  )
}

const Certified = ({ erasure, tenant }: { erasure: Erasure; tenant: Tenant }): Html =>
  erasure.state === 'done' ? (
    <Card title="Certificate">
      <p>
        <a href={`${pathOf(tenant)}/certificate`}>The signed certificate of its erasure</a> says
        what was removed, from where, and what is kept.
      </p>
    </Card>
  ) : (
    <Notice tone="warn">
      It is being erased. {erasure.last_error && `The last attempt failed: ${erasure.last_error} `}
      It is tried again every hour.
    </Notice>
  )
