/** Erasures and their certificates: the list, and one as it is printed. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { Certificate, Erasure } from '../../src/lifecycle/erasure/schema.ts'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'

export interface ErasuresProps {
  url: URL
  erasures: { data: Erasure[]; has_more: boolean; next_cursor: string | null }
}

export const erasuresView = ({ url, erasures }: ErasuresProps): Html => (
  <>
    <PageHead
      title="Erasures"
      sub="Businesses that were removed from every place, each with a signed certificate."
    />
    <Filters
      url={url}
      filters={[
        {
          name: 'state',
          label: 'State',
          choices: [
            ['running', 'Going on'],
            ['done', 'Done'],
          ],
        },
      ]}
    />
    <Card flush>
      <Table
        rows={erasures.data}
        url={url}
        empty={
          <Empty icon="proof" title="Nothing was erased">
            A business is erased from the page of its life, or when the grace of its closing is
            over.
          </Empty>
        }
        columns={[
          {
            title: 'Business',
            cell: ({ tenant_id }) => (
              <a class="row-link" href={`/platform/tenants/${tenant_id}/certificate`}>
                <Id value={tenant_id} />
              </a>
            ),
          },
          {
            title: 'State',
            cell: ({ state, last_error }) => (
              <div>
                <Status of={state === 'done' ? 'done' : 'running'} />
                {last_error && <div class="small muted">{last_error}</div>}
              </div>
            ),
          },
          { title: 'Reason', cell: ({ reason }) => reason },
          {
            title: 'Begun',
            sort: 'started_at',
            cell: ({ started_at }) => <When at={started_at} />,
          },
        ]}
      />
    </Card>
    <Pager page={erasures} url={url} />
  </>
)

export interface CertificateProps {
  erasure: Erasure
  certificate: Certificate
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`

const amount = (bytes: number): string =>
  bytes < 10_000 ? `${bytes} bytes` : `${(bytes / 1e6).toFixed(1)} MB`

export const certificateView = ({ erasure, certificate }: CertificateProps): Html => (
  <>
    <PageHead
      title="Certificate of erasure"
      sub={`Of the business ${erasure.tenant_id}`}
      crumbs={[['Erasures', '/platform/erasures']]}
    />
    <div class="columns">
      <Card title="Erased">
        <Facts
          of={[
            ['Begun', <When at={certificate.started_at} />],
            ['Done', <When at={certificate.finished_at} />],
            ['Decided by', `${certificate.decided_by.kind} ${certificate.decided_by.id}`],
            ['Reason', certificate.reason],
            ['Founded', <When at={certificate.founded_at} date_only />],
            ['Erased with it', certificate.siblings.join(', ') || 'No sandbox or branch'],
          ]}
        />
      </Card>
      <Card title="Removed">
        <Facts of={removedFacts(certificate)} />
      </Card>
    </div>
    <Card title="Kept, and why" flush>
      <Table
        rows={certificate.kept}
        empty={<></>}
        columns={[
          { title: 'Rows of', cell: ({ what }) => sentence(what) },
          { title: 'Why', cell: ({ why }) => why },
          { title: 'How many', end: true, cell: ({ rows }) => rows },
        ]}
      />
    </Card>
    <Card title="Signed">
      <div class="signed">
        <p class="small">
          The text below, byte for byte, is signed with Ed25519. Entry {certificate.audit.seq} of
          the platform’s audit trail has the hash <code class="mono">{certificate.audit.hash}</code>
          .
        </p>
        <pre class="code">{erasure.certificate}</pre>
        <Facts of={[['Signature', <code class="mono small">{erasure.signature}</code>]]} />
      </div>
    </Card>
  </>
)

function removedFacts({ removed }: Certificate): [string, Child][] {
  const { folder, objects, continuous_copies, whole_backups, platform_copies } = removed
  const facts: [string, Child][] = []
  const lying = (name: string, of: { files: number; bytes: number } | undefined) =>
    of && facts.push([name, `${counted(of.files, 'file')}, ${amount(of.bytes)}`])
  lying('Its folder', folder)
  lying('Its objects', objects)
  lying('Continuous copies', continuous_copies)
  lying('Whole backups', whole_backups)
  for (const [table, rows] of Object.entries(removed.platform_rows ?? {})) {
    facts.push([`Platform: ${table.replaceAll('_', ' ')}`, counted(rows, 'row')])
  }
  for (const [table, rows] of Object.entries(removed.platform_texts ?? {})) {
    facts.push([`Words in ${table.replaceAll('_', ' ')}`, `${counted(rows, 'row')} emptied`])
  }
  if (platform_copies) {
    const { generations, backups } = platform_copies
    facts.push(['Earlier copies of the platform', `${generations} removed, ${backups} replaced`])
  }
  return facts
}
