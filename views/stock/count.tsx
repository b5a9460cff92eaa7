/** One count: how far it is, what differs once that may be seen, and the way into the ledger. */
import type { Html } from '../../src/kit/html.ts'
import type { Count } from '../../src/stock/counts/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Notice, PageHead, Steps } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'
import { countedOf } from './counts.tsx'
import { Tracked } from './levels.tsx'

interface Props {
  count: Count
  /** The code of the site. */
  site: string
  state: FormState
  may_write: boolean
}

type Line = Count['lines'][number]

export const CountPage = ({ count, site, state, may_write }: Props): Html => (
  <>
    <PageHead
      title={
        <>
          Count at {site} <Status of={count.status} />
        </>
      }
      sub={count.note || (count.blind ? 'Blind: expected quantities come with the result.' : '')}
      crumbs={[['Counts', '/counts']]}
    >
      {may_write && <Actions count={count} state={state} />}
    </PageHead>
    <Wrong state={state} />
    {count.status !== 'cancelled' && (
      <Steps steps={['requested', 'counting', 'counted', 'posted']} current={count.status} />
    )}
    <Outcome count={count} />
    <Card title={`${countedOf(count)} of ${count.lines.length} counted`} flush>
      <Lines count={count} />
    </Card>
  </>
)

const Actions = ({ count, state }: Pick<Props, 'count' | 'state'>): Html => {
  const { id, status, version } = count
  const action = (name: string) => ({ action: `/counts/${id}/${name}`, state, version })
  if (status === 'posted' || status === 'cancelled') return <></>
  return (
    <>
      <ActionButton {...action('cancel')} kind="danger">
        Give up
      </ActionButton>
      {status === 'counted' ? (
        <>
          <LinkButton href={`/counts/${id}/record`}>Correct a number</LinkButton>
          <ActionButton {...action('post')} kind="primary" icon="check">
            Book it
          </ActionButton>
        </>
      ) : (
        <LinkButton href={`/counts/${id}/record`} kind="primary" icon="count">
          Count
        </LinkButton>
      )}
    </>
  )
}

const Outcome = ({ count }: Pick<Props, 'count'>): Html => {
  if (count.status !== 'counted' && count.status !== 'posted') return <></>
  const wrong = count.lines.filter(({ difference }) => difference !== null && difference !== '0')
  if (wrong.length === 0) return <Notice tone="good">Everything is as expected.</Notice>
  const lines = wrong.length === 1 ? 'One line differs' : `${wrong.length} lines differ`
  return (
    <Notice tone="warn">
      {count.status === 'counted'
        ? `${lines}. Booking it corrects the ledger to what was seen.`
        : `${lines}; the ledger was corrected to what was seen.`}
    </Notice>
  )
}

const Lines = ({ count }: Pick<Props, 'count'>): Html => {
  const known = count.lines.some(({ expected_quantity }) => expected_quantity !== null)
  return (
    <Table
      rows={count.lines}
      columns={[
        {
          title: 'Place',
          cell: (line) => <a href={`/locations/${line.location_id}`}>{line.location_code}</a>,
        },
        {
          title: 'Item',
          cell: (line) => (
            <a class="row-link" href={`/stock/items/${line.item_id}`}>
              {line.sku}
            </a>
          ),
        },
        { title: 'Lot or serial', cell: (line) => <Tracked of={line} /> },
        ...(known ? expectation : []),
        { title: 'Counted', end: true, cell: (line) => <Text value={line.counted_quantity} /> },
        ...(known ? difference : []),
        { title: 'State', cell: (line) => <State line={line} closed={Boolean(count.posted_at)} /> },
      ]}
      empty={
        <p class="empty">
          Nothing was on hand there when the count was asked for. What is found is added while
          counting.
        </p>
      }
    />
  )
}

const expectation = [
  {
    title: 'Expected',
    end: true,
    cell: (line: Line) => <Text value={line.expected_quantity} />,
  },
]

const difference = [
  {
    title: 'Difference',
    end: true,
    cell: ({ difference }: Line) =>
      difference && difference !== '0' ? (
        <strong class="differs">
          {difference.startsWith('-') ? `−${difference.slice(1)}` : `+${difference}`}
        </strong>
      ) : (
        <Text value={difference} />
      ),
  },
]

const State = ({ line, closed }: { line: Line; closed: boolean }): Html => {
  if (line.posting_id) return <a href={`/stock/postings/${line.posting_id}`}>Posting</a>
  if (line.counted_quantity === null) return <Status of="requested" label="To count" />
  if (line.recount && !closed) return <Status of="waiting" label="Count again" />
  return (
    <div class="small muted">
      {line.counted_by}
      <br />
      <When at={line.counted_at} />
    </div>
  )
}
