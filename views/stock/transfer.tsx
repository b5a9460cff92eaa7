/** One transfer: what is under way, what has arrived, and what can be done now. */
import type { Html } from '../../src/kit/html.ts'
import type { Transfer } from '../../src/stock/transfers/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, PageHead, Steps } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, Text, When } from '../ui/text.tsx'
import { Tracked } from './levels.tsx'

interface Props {
  transfer: Transfer
  codeOf: (location_id: string) => string
  state: FormState
  may_write: boolean
}

export const TransferPage = ({ transfer, codeOf, state, may_write }: Props): Html => {
  const { id, status, version } = transfer
  const from = codeOf(transfer.from_site_id)
  const to = codeOf(transfer.to_site_id)
  const open = status === 'sent' || status === 'partially_received'
  return (
    <>
      <PageHead
        title={
          <>
            {from} → {to} <Status of={status} />
          </>
        }
        sub={transfer.note}
        crumbs={[['Transfers', '/transfers']]}
      >
        {may_write && status === 'sent' && (
          <ActionButton
            action={`/transfers/${id}/cancel`}
            state={state}
            version={version}
            kind="danger"
          >
            Cancel
          </ActionButton>
        )}
        {may_write && open && (
          <LinkButton href={`/transfers/${id}/receive`} kind="primary" icon="receive">
            Receive
          </LinkButton>
        )}
      </PageHead>
      <Wrong state={state} />
      {status !== 'cancelled' && (
        <Steps steps={['sent', 'partially_received', 'received']} current={status} />
      )}
      <Card title="Goods" flush>
        <Lines transfer={transfer} codeOf={codeOf} />
      </Card>
      <Card title="Transfer">
        <Facts
          of={[
            ['From', <a href={`/locations/${transfer.from_site_id}`}>{from}</a>],
            ['To', <a href={`/locations/${transfer.to_site_id}`}>{to}</a>],
            ['Expected', <When at={transfer.expected_on} date_only />],
            ['Sent', <When at={transfer.created_at} />],
            ['In the ledger', <a href={`/stock/postings/${transfer.posting_id}`}>Posting</a>],
            ['Note', <Text value={transfer.note} />],
            ['Id', <Id value={id} />],
          ]}
        />
      </Card>
    </>
  )
}

const Lines = ({ transfer, codeOf }: Pick<Props, 'transfer' | 'codeOf'>): Html => (
  <Table
    rows={transfer.lines}
    columns={[
      {
        title: 'Item',
        cell: (line) => (
          <a class="row-link" href={`/stock/items/${line.item_id}`}>
            {line.sku}
          </a>
        ),
      },
      { title: 'Lot or serial', cell: (line) => <Tracked of={line} /> },
      {
        title: 'From',
        cell: (line) => (
          <a href={`/locations/${line.from_location_id}`}>{codeOf(line.from_location_id)}</a>
        ),
      },
      { title: 'Sent', end: true, cell: (line) => line.quantity },
      { title: 'Received', end: true, cell: (line) => line.received_quantity },
      { title: 'Rejected', end: true, cell: (line) => line.rejected_quantity },
      {
        title: 'Under way',
        end: true,
        cell: (line) => <strong>{line.outstanding_quantity}</strong>,
      },
    ]}
    empty={<></>}
  />
)
