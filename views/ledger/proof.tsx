/** What the last proof found: that everything agrees, or what does not; and the proofs before it. */
import type { Html } from '../../src/kit/html.ts'
import type { LedgerState } from '../../src/ledger/shapes.ts'
import type { FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { Icon } from '../ui/icon.tsx'
import { Status } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'
import { Prove } from './ledger.tsx'

type Proof = LedgerState['proofs'][number]

interface Props {
  /** Newest first. */
  proofs: Proof[]
  state: FormState
}

export const ProofPage = ({ proofs, state }: Props): Html => {
  const [last, ...earlier] = proofs
  return (
    <>
      <PageHead
        title="Proof of the ledger"
        sub={last && <When at={last.finished_at} />}
        crumbs={[['Ledger proof', '/ledger']]}
      >
        <Prove state={state} />
      </PageHead>
      {last ? (
        <Report proof={last} />
      ) : (
        <Card>
          <Empty icon="proof" title="Not proven yet">
            A proof follows the chain from the first posting and replays every movement, while
            others go on working. It runs every night by itself, and whenever you ask.
          </Empty>
        </Card>
      )}
      {earlier.length > 0 && (
        <Card title="Earlier proofs" flush>
          <Earlier proofs={earlier} />
        </Card>
      )}
    </>
  )
}

const Report = ({ proof }: { proof: Proof }): Html => (
  <>
    <div class={proof.holds ? 'verdict good' : 'verdict bad'} role="status">
      <Icon name={proof.holds ? 'proof' : 'warning'} />
      <div>
        <h2>{proof.holds ? 'It holds' : `${proof.difference_count} things do not agree`}</h2>
        <p>
          {proof.holds
            ? `Every posting up to ${proof.through_seq} is as it was written, and what is on hand is what has moved.`
            : 'Nothing was repaired. Each difference is told below; the audit trail shows who changed what.'}
        </p>
      </div>
    </div>
    <Stats>
      <Stat label="Postings followed" value={proof.postings} />
      <Stat label="Movements replayed" value={proof.movements} />
      <Stat label="Levels compared" value={proof.levels} />
      <Stat label="Reservations checked" value={proof.reservations} />
    </Stats>
    {!proof.holds && (
      <Card title="What does not agree" flush>
        <Differences proof={proof} />
      </Card>
    )}
    <Card title="What was proven">
      <Facts
        of={[
          ['Chain', 'Each hash follows from its posting and the hash before it, without a gap.'],
          ['Balance', 'What left one account came into another: the sum of all is zero.'],
          ['Levels', 'The quantities on hand are what the movements add up to.'],
          ['Reservations', 'What is held is what open reservations say.'],
          ['Periods', 'Closed periods are as they were when they were closed.'],
          ['Up to', `Posting ${proof.through_seq}`],
          ['Hash', <Id value={proof.head_hash} />],
        ]}
      />
    </Card>
  </>
)

const Differences = ({ proof }: { proof: Proof }): Html => (
  <>
    <Table
      rows={proof.differences}
      columns={[
        { title: 'Check', cell: (difference) => <Status of="failed" label={difference.check} /> },
        { title: 'What', cell: (difference) => difference.detail },
        {
          title: 'Where',
          cell: (difference) => (
            <div class="small break">
              {Object.entries(difference.facts).map(([name, value]) => (
                <div>
                  <span class="muted">{name}</span> {value}
                </div>
              ))}
            </div>
          ),
        },
      ]}
      empty={<></>}
    />
    {proof.difference_count > proof.differences.length && (
      <p class="pager">
        The first {proof.differences.length} of {proof.difference_count}.
      </p>
    )}
  </>
)

const Earlier = ({ proofs }: { proofs: Proof[] }): Html => (
  <Table
    rows={proofs}
    columns={[
      { title: 'When', cell: (proof) => <When at={proof.finished_at} /> },
      {
        title: 'Result',
        cell: (proof) =>
          proof.holds ? (
            <Status of="ok" label="Holds" />
          ) : (
            <Status of="failed" label={`${proof.difference_count} differences`} />
          ),
      },
      { title: 'Up to posting', end: true, cell: (proof) => proof.through_seq },
      { title: 'Movements', end: true, cell: (proof) => proof.movements },
    ]}
    empty={<></>}
  />
)
