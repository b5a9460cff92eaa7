/** Counting along the shelves: one large field a line, place by place, without what is expected. */
import type { Html } from '../../src/kit/html.ts'
import type { Count } from '../../src/stock/counts/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'
import { chosen } from './goods-fields.tsx'

interface Props {
  count: Count
  /** Where something else may be found. */
  places: readonly (readonly [id: string, code: string])[]
  state: FormState
}

type Line = Count['lines'][number]

export const CountRecordPage = ({ count, places, state }: Props): Html => {
  const back = `/counts/${count.id}`
  const left = count.lines.filter((line) => line.counted_quantity === null || line.recount)
  const shown = left.length > 0 ? left : count.lines
  return (
    <>
      <PageHead
        title="Count"
        sub="Type what you see. Nothing there is 0; what you leave empty stays to be counted."
        crumbs={[
          ['Counts', '/counts'],
          ['Count', back],
        ]}
      />
      <Wrong state={state} />
      {left.length === 0 && count.lines.length > 0 && (
        <Notice tone="good">
          Everything is counted. A number typed here replaces the earlier one.
        </Notice>
      )}
      <Form action={`${back}/record`} state={state}>
        {byPlace(shown).map(([place, lines]) => (
          <Card title={place}>
            <div class="counting">
              {lines.map((line) => (
                <LineField line={line} state={state} />
              ))}
            </div>
          </Card>
        ))}
        <Found places={places} state={state} />
        <div class="actions sticky">
          <Button kind="primary" large icon="check">
            Take down
          </Button>
          <LinkButton kind="quiet" large href={back}>
            Back
          </LinkButton>
        </div>
      </Form>
    </>
  )
}

/** Lines come in walking order: those of one place stand together. */
function byPlace(lines: readonly Line[]): [place: string, lines: Line[]][] {
  const groups = new Map<string, Line[]>()
  for (const line of lines) {
    groups.set(line.location_code, [...(groups.get(line.location_code) ?? []), line])
  }
  return [...groups]
}

const LineField = ({ line, state }: { line: Line; state: FormState }): Html => {
  const code = line.serial_code ?? line.lot_code
  return (
    <div>
      <input type="hidden" name={`entries.${line.line}.line`} value={line.line} />
      <Field
        name={`entries.${line.line}.quantity`}
        label={code ? `${line.sku} · ${code}` : line.sku}
        state={state}
        inputmode="decimal"
        scan
        {...(line.recount && { hint: 'Differs from the ledger: count it once more.' })}
      />
    </div>
  )
}

/** A number no line of a count reaches. */
const found_number = 9_999

const Found = ({ places, state }: Pick<Props, 'places' | 'state'>): Html => {
  const name = (key: string) => `entries.${found_number}.${key}`
  const open = Boolean(state.fields.get(name('sku')))
  return (
    <details class="card" open={open}>
      <summary>Something lies there that is not on the list</summary>
      <div class="stack">
        <div class="row-of-fields">
          <Field name={name('sku')} label="Item" state={state} hint="Its sku or barcode." />
          <Field
            name={name('location_id')}
            label="Where"
            state={state}
            choices={chosen('Choose a place', places)}
          />
          <Field name={name('quantity')} label="How many" state={state} inputmode="decimal" />
        </div>
        <div class="row-of-fields">
          <Field name={name('lot_code')} label="Lot" state={state} />
          <Field name={name('serial_code')} label="Serial number" state={state} />
        </div>
      </div>
    </details>
  )
}
