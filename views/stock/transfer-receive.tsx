/** Receiving a transfer: what arrived, and where it was put. */
import type { Html } from '../../src/kit/html.ts'
import type { Transfer } from '../../src/stock/transfers/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead } from '../ui/layout.tsx'

interface Props {
  transfer: Transfer
  /** The code of the site. */
  to: string
  places: readonly (readonly [id: string, words: string])[]
  state: FormState
}

export const TransferReceivePage = ({ transfer, to, places, state }: Props): Html => {
  const open = transfer.lines.filter((line) => line.outstanding_quantity !== '0')
  const back = `/transfers/${transfer.id}`
  return (
    <>
      <PageHead
        title={`Receive at ${to}`}
        sub={transfer.note}
        crumbs={[
          ['Transfers', '/transfers'],
          ['Transfer', back],
        ]}
      />
      <Wrong state={state} />
      {open.length === 0 ? (
        <Notice>
          Nothing of this transfer is under way. <a href={back}>Back to it</a>
        </Notice>
      ) : (
        <Form action={`${back}/receive`} state={state}>
          {open.map((line) => (
            <Line line={line} places={places} state={state} />
          ))}
          <div class="actions">
            <Button kind="primary" large icon="receive">
              Receive
            </Button>
            <LinkButton kind="quiet" href={back}>
              Back
            </LinkButton>
          </div>
        </Form>
      )}
    </>
  )
}

const Line = ({
  line,
  places,
  state,
}: Pick<Props, 'places' | 'state'> & { line: Transfer['lines'][number] }): Html => {
  const code = line.serial_code ?? line.lot_code
  const name = (key: string) => `lines.${line.line}.${key}`
  return (
    <Card title={code ? `${line.sku} · ${code}` : line.sku}>
      <input type="hidden" name={name('line')} value={line.line} />
      <div class="row-of-fields">
        <Field
          name={name('quantity')}
          label={`Arrived, of ${line.outstanding_quantity}`}
          state={state}
          inputmode="decimal"
          value={line.outstanding_quantity}
        />
        <Field
          name={name('rejected_quantity')}
          label="Rejected besides"
          state={state}
          inputmode="decimal"
          hint="Goes to quarantine."
        />
        <Field
          name={name('location_id')}
          label="Put into"
          state={state}
          required
          choices={places}
        />
      </div>
    </Card>
  )
}
