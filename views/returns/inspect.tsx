/** Looking at what came back: each line gets a decision, and a place to go. */
import type { Html } from '../../src/kit/html.ts'
import type { Location } from '../../src/locations/schema.ts'
import type { Return } from '../../src/returns/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { waiting } from './return.tsx'

interface Props {
  back: Return
  /** Where restocked goods can go. */
  bins: readonly Location[]
  dispositions: readonly string[]
  state: FormState
}

type Line = Return['lines'][number]

export const InspectPage = ({ back, bins, dispositions, state }: Props): Html => {
  const lines = back.lines.map((line, index) => ({ line, index }))
  const to_inspect = lines.filter(({ line }) => waiting(line) !== '0')
  return (
    <>
      <PageHead
        title={`Inspect ${back.number}`}
        sub={`${back.customer_name}: ${sentence(back.reason).toLowerCase()}`}
        crumbs={[
          ['Returns', '/returns'],
          [back.number, `/returns/${back.id}`],
        ]}
      />
      <Wrong state={state} />
      {to_inspect.length === 0 ? (
        <Card>
          <Empty icon="check" title="Nothing waits to be inspected">
            What comes back waits here until somebody has decided what becomes of it.
          </Empty>
        </Card>
      ) : (
        <Form action={`/returns/${back.id}/inspect`} state={state}>
          {to_inspect.map(({ line, index }) => (
            <Card title={`${line.sku} · ${line.name}`}>
              <Decision
                line={line}
                index={index}
                bins={bins}
                dispositions={dispositions}
                state={state}
              />
            </Card>
          ))}
          <div class="actions">
            <Button kind="primary" large icon="check">
              Decide
            </Button>
            <LinkButton kind="quiet" href={`/returns/${back.id}`}>
              Back
            </LinkButton>
          </div>
        </Form>
      )}
    </>
  )
}

interface DecisionProps extends Omit<Props, 'back'> {
  line: Line
  index: number
}

const Decision = ({ line, index, bins, dispositions, state }: DecisionProps): Html => (
  <div class="stack">
    <input type="hidden" name={`lines.${index}.line`} value={line.line} />
    <div class="row-of-fields">
      <Field
        name={`lines.${index}.disposition`}
        label="What becomes of it"
        state={state}
        choices={[
          ['', 'Decide later'],
          ...dispositions.map((each) => [each, sentence(each)] as const),
        ]}
      />
      <Field
        name={`lines.${index}.quantity`}
        label={`Of it, of ${waiting(line)}`}
        state={state}
        inputmode="decimal"
        value={waiting(line)}
        hint="Decide a part now and the rest afterwards, where units differ."
      />
      <Field
        name={`lines.${index}.location_id`}
        label="Put into"
        state={state}
        choices={[
          ['', 'Where such goods wait'],
          ...bins.map(({ id, code }) => [id, code] as const),
        ]}
        hint="A bin is needed to restock."
      />
    </div>
    <Field name={`lines.${index}.note`} label="Note" state={state} />
  </div>
)
