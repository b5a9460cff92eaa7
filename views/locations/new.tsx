/** A new site, or a place inside one. */
import type { Html } from '../../src/kit/html.ts'
import { AddressFields } from '../ui/address.tsx'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'

interface Props {
  state: FormState
  /** What it can stand in. */
  parents: readonly (readonly [id: string, words: string])[]
  /** What the link that led here has filled in. */
  given: URLSearchParams
}

const kinds = [
  ['bin', 'Bin: goods lie here and are picked'],
  ['dock', 'Dock: goods arrive here'],
  ['packing', 'Packing bench'],
  ['quarantine', 'Quarantine: set aside, not promised'],
  ['returns', 'Returns: waits for inspection'],
  ['zone', 'Zone: holds aisles and bins'],
  ['aisle', 'Aisle: holds bins'],
] as const

export const LocationForm = ({ state, parents, given }: Props): Html => {
  const site = (state.fields.get('type') ?? given.get('type')) === 'site' || parents.length === 0
  return (
    <>
      <PageHead
        title={site ? 'New site' : 'New location'}
        sub={site ? 'It comes with a dock, a packing bench, quarantine and returns.' : undefined}
        crumbs={[['Locations', '/locations']]}
      />
      <Wrong state={state} />
      <Form action="/locations/new" state={state}>
        <Card title="What it is">
          {site ? (
            <SiteFields state={state} />
          ) : (
            <PlaceFields state={state} parents={parents} given={given} />
          )}
        </Card>
        {site && (
          <Card title="Address">
            <AddressFields name="address" state={state} />
          </Card>
        )}
        <div class="actions">
          <Button kind="primary">{site ? 'Add site' : 'Add location'}</Button>
          <LinkButton kind="quiet" href="/locations">
            Cancel
          </LinkButton>
        </div>
      </Form>
    </>
  )
}

const CodeAndName = ({ state, example }: { state: FormState; example: string }): Html => (
  <div class="row-of-fields">
    <Field
      name="code"
      label="Code"
      state={state}
      required
      autofocus
      placeholder={example}
      hint="As on the label: letters, digits and . _ / -"
    />
    <Field name="name" label="Name" state={state} />
  </div>
)

const SiteFields = ({ state }: Pick<Props, 'state'>): Html => (
  <div class="stack">
    <input type="hidden" name="type" value="site" />
    <CodeAndName state={state} example="NORTH" />
  </div>
)

const PlaceFields = ({ state, parents, given }: Props): Html => (
  <div class="stack">
    <div class="row-of-fields">
      <Field
        name="type"
        label="Kind"
        state={state}
        required
        value={given.get('type') ?? 'bin'}
        choices={kinds}
      />
      <Field
        name="parent_id"
        label="Stands in"
        state={state}
        required
        value={given.get('parent_id')}
        choices={parents}
      />
    </div>
    <CodeAndName state={state} example="A-01-02" />
  </div>
)
