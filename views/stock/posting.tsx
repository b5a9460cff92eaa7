/** One posting: what it moved, who told it and why, its hash, and the way to take it back. */
import type { Html } from '../../src/kit/html.ts'
import type { Posting } from '../../src/stock/schema.ts'
import { Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Reference } from '../ui/reference.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, Text, When } from '../ui/text.tsx'
import { Tracked } from './levels.tsx'
import { amount, way } from './movements.tsx'

interface Props {
  posting: Posting
  state: FormState
  may_write: boolean
}

/** Documents that count what they moved: only they take it back. */
const documents = ['purchase_order', 'sales_order', 'transfer', 'count', 'return']

export const PostingPage = ({ posting, state, may_write }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          Posting {posting.seq} {posting.reversed_by && <Status of="cancelled" label="Reversed" />}
        </>
      }
      sub={sentence(posting.reason)}
      crumbs={[['Stock', '/stock']]}
    />
    <Wrong state={state} />
    <Way posting={posting} />
    <Card title="What moved" flush>
      <Table
        rows={posting.movements}
        columns={[
          {
            title: 'Item',
            cell: (movement) => (
              <a class="row-link" href={`/stock/items/${movement.item_id}`}>
                {movement.sku}
              </a>
            ),
          },
          { title: 'Lot or serial', cell: (movement) => <Tracked of={movement} /> },
          amount,
          way,
        ]}
        empty={<></>}
      />
    </Card>
    <div class="columns">
      <Card title="Told by">
        <Facts
          of={[
            ['Happened', <When at={posting.occurred_at} />],
            ['Recorded', <When at={posting.recorded_at} />],
            ['By', posting.actor_name],
            ['Caused by', <Reference type={posting.reference_type} id={posting.reference_id} />],
            ['Note', <Text value={posting.note} />],
            ['Id', <Id value={posting.id} />],
            ['Hash', <Id value={posting.hash} />],
          ]}
        />
      </Card>
      {may_write && <TakeBack posting={posting} state={state} />}
    </div>
  </>
)

const Way = ({ posting }: Pick<Props, 'posting'>): Html => (
  <>
    {posting.reverses && (
      <Notice>
        This takes back <a href={`/stock/postings/${posting.reverses}`}>an earlier posting</a>.
      </Notice>
    )}
    {posting.reversed_by && (
      <Notice tone="warn">
        It was taken back by <a href={`/stock/postings/${posting.reversed_by}`}>a later posting</a>.
      </Notice>
    )}
  </>
)

const TakeBack = ({ posting, state }: Omit<Props, 'may_write'>): Html => {
  if (posting.reverses || posting.reversed_by) return <></>
  if (documents.includes(posting.reference_type)) {
    return (
      <Card title="Take it back">
        <p class="muted">
          It belongs to a document:{' '}
          <Reference type={posting.reference_type} id={posting.reference_id} />. Take it back there,
          so that both agree.
        </p>
      </Card>
    )
  }
  return (
    <Card title="Take it back">
      <Form action={`/stock/postings/${posting.id}/reverse`} state={state}>
        <p class="muted">
          Nothing is erased: a second posting moves the same goods the other way, once.
        </p>
        <Field name="note" label="Why" state={state} />
        <div class="actions">
          <Button kind="danger" icon="back">
            Reverse this posting
          </Button>
        </div>
      </Form>
    </Card>
  )
}
