/** A new count: which places, and whether whoever counts sees what is expected. */
import type { Html } from '../../src/kit/html.ts'
import type { LocationTree } from '../../src/locations/schema.ts'
import {
  Button,
  Check,
  errorOf,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'

interface Props {
  state: FormState
  /** Sites and zones: what the list of places can be narrowed to. */
  areas: readonly (readonly [id: string, words: string])[]
  chosen: string | undefined
  tree: LocationTree | undefined
}

const holds_nothing = ['site', 'zone', 'aisle']

export const CountForm = ({ state, areas, chosen, tree }: Props): Html => {
  const places = (tree?.data ?? []).filter(({ type }) => !holds_nothing.includes(type))
  return (
    <>
      <PageHead
        title="New count"
        sub="What lies in these places now becomes the list to count."
        crumbs={[['Counts', '/counts']]}
      />
      <Wrong state={state} />
      {areas.length > 1 && <Areas areas={areas} chosen={chosen} />}
      {places.length === 0 ? (
        <Card>
          <Empty
            icon="pin"
            title="No places to count"
            action={
              <LinkButton href="/locations" kind="primary">
                Set up locations
              </LinkButton>
            }
          >
            A count is of bins, docks and benches: add them first.
          </Empty>
        </Card>
      ) : (
        <Filled state={state} chosen={chosen} places={places} />
      )}
    </>
  )
}

const Areas = ({ areas, chosen }: Pick<Props, 'areas' | 'chosen'>): Html => (
  <form method="get" action="/counts/new" class="filters">
    <div class="field grow">
      <label for="filter-in">Places in</label>
      <select id="filter-in" name="in">
        {areas.map(([id, words]) => (
          <option value={id} selected={id === chosen}>
            {words}
          </option>
        ))}
      </select>
    </div>
    <button class="button" type="submit">
      Show
    </button>
  </form>
)

const Filled = ({
  state,
  chosen,
  places,
}: Pick<Props, 'state' | 'chosen'> & { places: LocationTree['data'] }): Html => {
  const wrong = errorOf(state, 'location_ids')
  return (
    <Form action="/counts/new" state={state}>
      {chosen && <input type="hidden" name="in" value={chosen} />}
      <Card title="Places">
        <fieldset class="choices">
          <legend class="visually-hidden">Places to count</legend>
          {places.map(({ id, code, name, type }) => (
            <Check
              name="location_ids"
              value={id}
              state={state}
              checked={places.length === 1}
              label={name === code ? `${code} (${type})` : `${code} · ${name}`}
            />
          ))}
        </fieldset>
        {wrong && <p class="wrong">Choose at least one place, and at most 200.</p>}
      </Card>
      <Card title="How">
        <div class="stack">
          <Check
            name="blind"
            label="Blind: whoever counts does not see what is expected"
            state={state}
            checked
          />
          <Field name="note" label="Note" state={state} placeholder="Aisle A, before the fair" />
        </div>
      </Card>
      <div class="actions">
        <Button kind="primary" icon="count">
          Ask for the count
        </Button>
        <LinkButton kind="quiet" href="/counts">
          Cancel
        </LinkButton>
      </div>
    </Form>
  )
}
