/** The ledger's state: how long its chain is, when it was last proven, and what came last. */
import type { Html } from '../../src/kit/html.ts'
import type { LedgerState, PostingSummary } from '../../src/ledger/shapes.ts'
import { Button, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead, Stat, Stats } from '../ui/layout.tsx'
import { Id, When } from '../ui/text.tsx'
import { Postings } from './postings.tsx'
import { LedgerTabs } from './tabs.tsx'

interface Props {
  /** Undefined for those who see one organization: the chain is of the whole business. */
  ledger: LedgerState | undefined
  latest: PostingSummary[]
  state: FormState
}

export const LedgerPage = ({ ledger, latest, state }: Props): Html => (
  <>
    <PageHead
      title="Ledger proof"
      sub="Every movement of goods is kept, chained to the one before, and can be proven again."
    >
      {ledger && <Prove state={state} />}
    </PageHead>
    <LedgerTabs current="/ledger" />
    <Wrong state={state} />
    {ledger ? (
      <Head ledger={ledger} />
    ) : (
      <Notice>
        The chain runs through the whole business: its owners and admins see its proof.
      </Notice>
    )}
    <Card title="Latest postings" flush actions={<a href="/ledger/postings">All of them</a>}>
      <Postings
        postings={latest}
        empty={
          <Empty icon="proof" title="Nothing has moved yet">
            The first receipt or adjustment becomes posting 1. From then on each posting carries the
            hash of the one before, so that nothing can be changed or left out unnoticed.
          </Empty>
        }
      />
    </Card>
  </>
)

export const Prove = ({ state }: { state: FormState }): Html => (
  <Form action="/ledger/proof" state={state} inline>
    <Button kind="primary" icon="proof">
      Prove it now
    </Button>
  </Form>
)

const Head = ({ ledger }: { ledger: LedgerState }): Html => {
  const [last] = ledger.proofs
  return (
    <>
      <Stats>
        <Stat label="Postings in the chain" value={ledger.head.seq} href="/ledger/postings" />
        <Stat
          label="Checked every minute up to"
          value={ledger.proven_seq}
          note={
            ledger.proven_seq >= ledger.head.seq
              ? 'All of it'
              : `${ledger.head.seq - ledger.proven_seq} still to check`
          }
        />
        <Stat
          label="Last whole proof"
          value={
            last ? (last.holds ? 'Holds' : `${last.difference_count} differences`) : 'None yet'
          }
          note={last && <When at={last.finished_at} />}
          {...(last && { href: '/ledger/proof' })}
        />
      </Stats>
      <Card title="Head of the chain">
        <p class="muted">
          Write this hash down somewhere else, and nobody can rewrite what came before it.
        </p>
        <p class="break">
          <Id value={ledger.head.hash} />
        </p>
      </Card>
    </>
  )
}
