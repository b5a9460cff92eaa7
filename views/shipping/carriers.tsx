/** The carriers: which accounts are connected, what each carrier can do, and how far that was proven. */
import type { Html } from '../../src/kit/html.ts'
import type { Proof } from '../../src/carriers/contract.ts'
import type {
  CarrierConnection,
  CarrierDescription,
  OfferedConnection,
} from '../../src/shipping/schema.ts'
import { ActionButton, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Pager, Table, type Column } from '../ui/table.tsx'
import { Text, When } from '../ui/text.tsx'

interface Props {
  base: '/carriers' | '/platform/carriers'
  carriers: CarrierDescription[]
  page: { data: CarrierConnection[]; next_cursor: string | null }
  /** Accounts of the operator that are not used here yet. */
  offered: OfferedConnection[]
  url: URL
  state: FormState
  may_connect: boolean
}

const subs = {
  '/carriers': 'Your accounts with carriers, and those that can be connected.',
  '/platform/carriers':
    'Accounts of yours that businesses may use: they see the name, never what opens them.',
}

export const CarriersPage = (props: Props): Html => {
  const { base, carriers, page, offered, url, state, may_connect } = props
  return (
    <>
      <PageHead title="Carriers" sub={subs[base]} />
      <Wrong state={state} />
      {offered.length > 0 && <Offered {...props} />}
      <Card title="Connected" flush>
        <Table
          rows={page.data}
          columns={columns(props)}
          empty={
            <Empty icon="plug" title="No carrier is connected yet">
              Choose one below. Rates, labels and tracking then come from that account; its
              credentials are sealed and never shown again.
            </Empty>
          }
        />
        <Pager page={page} url={url} />
      </Card>
      <h2 class="section">All carriers</h2>
      <div class="columns">
        {carriers.map((carrier) => (
          <Carrier base={base} carrier={carrier} may_connect={may_connect} />
        ))}
      </div>
    </>
  )
}

const Offered = ({ offered, state, may_connect }: Props): Html => (
  <Card title="Offered by the operator" flush>
    <Table
      rows={offered}
      columns={[
        { title: 'Name', cell: ({ name }) => name },
        { title: 'Carrier', cell: ({ carrier_name }) => carrier_name },
        { title: 'Mode', cell: ({ mode }) => <Mode of={mode} /> },
        {
          title: '',
          end: true,
          cell: ({ id }) =>
            may_connect && (
              <ActionButton action={`/carriers/adopt/${id}`} state={state}>
                Use it
              </ActionButton>
            ),
        },
      ]}
      empty={<></>}
    />
  </Card>
)

const Mode = ({ of }: { of: CarrierConnection['mode'] }): Html => (
  <Status of={of === 'live' ? 'live' : 'sandbox'} label={sentence(of)} />
)

const columns = ({ base, state, may_connect }: Props): readonly Column<CarrierConnection>[] => [
  {
    title: 'Name',
    cell: ({ id, name }) =>
      may_connect ? (
        <a class="row-link" href={`${base}/connections/${id}`}>
          {name}
        </a>
      ) : (
        name
      ),
  },
  { title: 'Carrier', cell: ({ carrier_name }) => carrier_name },
  {
    title: 'Whose',
    cell: ({ kind }) => (kind === 'system' ? 'the operator’s' : 'own'),
  },
  { title: 'Mode', cell: ({ mode }) => <Mode of={mode} /> },
  {
    title: 'State',
    cell: ({ active }) => <Status of={active ? 'active' : 'paused'} />,
  },
  { title: 'Since', cell: ({ created_at }) => <When at={created_at} date_only /> },
  {
    title: '',
    end: true,
    cell: ({ id, active, version }) =>
      may_connect && (
        <ActionButton
          action={`${base}/connections/${id}/${active ? 'pause' : 'resume'}`}
          state={state}
          version={version}
        >
          {active ? 'Pause' : 'Resume'}
        </ActionButton>
      ),
  },
]

const Carrier = ({
  base,
  carrier,
  may_connect,
}: Pick<Props, 'base' | 'may_connect'> & { carrier: CarrierDescription }): Html => (
  <Card
    title={carrier.name}
    actions={may_connect && <LinkButton href={`${base}/connect/${carrier.id}`}>Connect</LinkButton>}
  >
    <div class="stack">
      <ul class="chips">
        {carrier.operations.map((operation) => (
          <li>{sentence(operation)}</li>
        ))}
      </ul>
      <p class="small muted">
        {carrier.services.length > 0
          ? `${carrier.services.length} services`
          : 'services as you define them'}
        {' · labels as '}
        {carrier.label_types.join(', ')}
        {carrier.countries.length > 0 && ` · from ${carrier.countries.join(', ')}`}
      </p>
      <Proven proofs={carrier.proven as unknown as Proof[]} />
    </div>
  </Card>
)

const proofs_by: Record<Proof['how'], string> = {
  vectors: 'Recordings',
  simulator: 'Simulator',
  sandbox: 'Sandbox',
  live: 'Live',
}

/** How it is known to work, in the order in which that counts. */
const Proven = ({ proofs }: { proofs: Proof[] }): Html => (
  <ul class="proofs small">
    {proofs.map(({ how, on, note }) => (
      <li>
        <Status
          of={how === 'live' ? 'live' : how === 'sandbox' ? 'sandbox' : 'none'}
          label={proofs_by[how]}
        />{' '}
        <When at={on} date_only /> <span class="muted">{note}</span>
      </li>
    ))}
    {proofs.length === 0 && (
      <li>
        Not proven yet <Text value={null} />
      </li>
    )}
  </ul>
)
