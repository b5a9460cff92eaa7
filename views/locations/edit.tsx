/** Changing a location: its name, what it is used for, and the roles of places at a site. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import { AddressFields } from '../ui/address.tsx'
import { Button, Check, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

interface Props {
  location: Location
  /** Of the site, when it is one: what can take its roles. */
  places: Location[]
  state: FormState
}

export const LocationEdit = ({ location, places, state }: Props): Html => (
  <>
    <PageHead
      title={`Change ${location.code}`}
      crumbs={[
        ['Locations', '/locations'],
        [location.code, `/locations/${location.id}`],
      ]}
    />
    <Wrong state={state} />
    <Form action={`/locations/${location.id}/edit`} state={state} version={location.version}>
      <Card title="What it is for">
        <div class="stack">
          <Field name="name" label="Name" state={state} required value={location.name} />
          {location.type === 'site' ? (
            <Default location={location} state={state} />
          ) : (
            location.account_id && <Use location={location} state={state} />
          )}
        </div>
      </Card>
      {location.type === 'site' && (
        <>
          <Card title="Where work begins and ends">
            <Roles location={location} places={places} state={state} />
          </Card>
          <Card title="Address">
            <AddressFields name="address" state={state} address={location.address} />
          </Card>
        </>
      )}
      <div class="actions">
        <Button kind="primary">Save</Button>
        <LinkButton kind="quiet" href={`/locations/${location.id}`}>
          Cancel
        </LinkButton>
      </div>
    </Form>
  </>
)

type Part = Pick<Props, 'location' | 'state'>

const Default = ({ location, state }: Part): Html =>
  location.is_default ? (
    <p class="muted">This is the site that is used when none is named.</p>
  ) : (
    <Check name="is_default" label="Use this site when none is named" state={state} />
  )

const Flag = ({
  name,
  label,
  state,
  on,
}: {
  name: string
  label: string
  state: FormState
  on: boolean
}): Html => (
  <>
    <input type="hidden" name="flags" value={name} />
    <Check name={name} label={label} state={state} checked={on} />
  </>
)

const Use = ({ location, state }: Part): Html => (
  <>
    {location.type === 'bin' && (
      <Flag
        name="pickable"
        label="Orders are picked from here"
        state={state}
        on={location.pickable}
      />
    )}
    <Flag
      name="receivable"
      label="Goods may be received straight to here"
      state={state}
      on={location.receivable}
    />
    <Flag
      name="on_hold"
      label="On hold: nothing is promised from here meanwhile"
      state={state}
      on={location.on_hold}
    />
  </>
)

const roles = [
  ['receiving_id', 'Goods arrive at', ['dock', 'bin']],
  ['packing_id', 'Orders are packed at', ['packing']],
  ['quarantine_id', 'Rejected goods wait in', ['quarantine']],
  ['returns_id', 'Returns wait in', ['returns', 'quarantine']],
] as const

const Roles = ({ location, places, state }: Props): Html => (
  <div class="row-of-fields">
    {roles.map(([name, label, kinds]) => {
      const of_kind = places.filter(({ type }) => (kinds as readonly string[]).includes(type))
      return (
        <Field
          name={name}
          label={label}
          state={state}
          required
          value={location[name]}
          choices={of_kind.map(({ id, code }) => [id, code] as const)}
        />
      )
    })}
  </div>
)
