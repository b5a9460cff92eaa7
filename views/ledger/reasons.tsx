/** Why goods move: the reasons that came with the product, and those of the business. */
import type { Html } from '../../src/kit/html.ts'
import type { ReasonShape } from '../../src/ledger/shapes.ts'
import type { Static } from '@sinclair/typebox'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { LedgerTabs } from './tabs.tsx'

type Reason = Static<typeof ReasonShape>

interface Props {
  reasons: Reason[]
  state: FormState
  may_write: boolean
}

const kinds = [
  ['adjustment', 'Adjustment: more or less than we thought'],
  ['scrap', 'Scrap: it is thrown away'],
  ['production', 'Production: made here, or used up'],
  ['opening', 'Opening: it was here before the ledger'],
  ['supplier', 'Supplier: comes from or goes to one'],
  ['customer', 'Customer: goes to or comes from one'],
  ['', 'None: goods move between our own places'],
] as const

export const ReasonsPage = ({ reasons, state, may_write }: Props): Html => (
  <>
    <PageHead title="Reasons" sub="Why goods move. A posting always names one." />
    <LedgerTabs current="/ledger/reasons" />
    <Wrong state={state} />
    {may_write && (
      <Card title="Add a reason">
        <Form action="/ledger/reasons" state={state}>
          <div class="row-of-fields">
            <Field name="name" label="Name" state={state} required placeholder="Tasting" />
            <Field
              name="code"
              label="Code"
              state={state}
              required
              placeholder="tasting"
              hint="Lower case letters, digits and underscores."
            />
            <Field
              name="counterpart_kind"
              label="Other side"
              state={state}
              required
              value="adjustment"
              choices={kinds}
              hint="Where the goods come from or go to."
            />
          </div>
          <div class="actions">
            <Button kind="primary">Add reason</Button>
          </div>
        </Form>
      </Card>
    )}
    <Card flush>
      <Table
        rows={reasons}
        columns={[
          { title: 'Name', cell: (reason) => reason.name },
          { title: 'Code', cell: (reason) => <span class="mono">{reason.code}</span> },
          {
            title: 'Other side',
            cell: (reason) =>
              reason.counterpart_kind ? (
                sentence(reason.counterpart_kind)
              ) : (
                <span class="muted">Our own places</span>
              ),
          },
          { title: 'State', cell: (reason) => <State reason={reason} /> },
          ...(may_write
            ? [
                {
                  title: '',
                  end: true,
                  cell: (reason: Reason) => <Use reason={reason} state={state} />,
                },
              ]
            : []),
        ]}
        empty={<></>}
      />
    </Card>
  </>
)

const State = ({ reason }: { reason: Reason }): Html => {
  if (reason.archived_at) return <Status of="archived" label="Out of use" />
  return reason.built_in ? (
    <span class="muted">Built in</span>
  ) : (
    <Status of="active" label="Yours" />
  )
}

const Use = ({ reason, state }: { reason: Reason; state: FormState }): Html =>
  reason.built_in ? (
    <></>
  ) : (
    <Form action={`/ledger/reasons/${reason.code}`} state={state} inline>
      <Button kind="quiet" name="archived" value={reason.archived_at ? 'false' : 'true'}>
        {reason.archived_at ? 'Use again' : 'Take out of use'}
      </Button>
    </Form>
  )
