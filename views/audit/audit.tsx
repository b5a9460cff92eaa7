/** The audit trail: searched, exported, and the proof that nothing was touched since. */
import type { Html } from '../../src/kit/html.ts'
import type { AuditExport, AuditProof } from '../../src/audit/schema.ts'
import { Button, Field, Form, LinkButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'
import { TrailTable, type Trail } from './trail.tsx'

export interface AuditProps {
  path: string
  url: URL
  state: FormState
  may_prove: boolean
  /** Where an export is asked for; undefined for those who may not. */
  export_to: string | undefined
  /** Where the trail is downloaded while it is made. */
  download: string | undefined
  /** The newest exports. */
  exports: AuditExport[]
  trail: Trail
}

export const actor_kinds = [
  ['user', 'People'],
  ['token', 'Tokens'],
  ['staff', 'Staff'],
  ['system', 'The system'],
] as const

export const auditView = (props: AuditProps): Html => {
  const { path, url, state, may_prove, export_to, download, exports, trail } = props
  return (
    <>
      <PageHead
        title="Audit trail"
        sub="Every change, in the order it was made. Nobody can edit it."
      >
        {may_prove && (
          <LinkButton href={`${path}/proof`} icon="proof">
            Prove it
          </LinkButton>
        )}
      </PageHead>
      <Wrong state={state} shown={['from', 'to']} />
      <Filters
        url={url}
        filters={[
          { name: 'action', label: 'What', placeholder: 'items.update, or items. for all' },
          { name: 'subject_id', label: 'On (id)' },
          { name: 'actor_id', label: 'By (id)' },
          { name: 'actor_kind', label: 'Who', choices: actor_kinds },
          { name: 'request_id', label: 'Request' },
          { name: 'ip', label: 'Address' },
          { name: 'from', label: 'From', type: 'date' },
          { name: 'to', label: 'Until', type: 'date' },
        ]}
      />
      <Card flush>
        <TrailTable trail={trail} searched={url.search !== ''} path={path} />
      </Card>
      <Pager page={trail} url={url} />
      {download && <Download from={download} />}
      {export_to && <Export action={export_to} state={state} exports={exports} />}
    </>
  )
}

const Explained = (): Html => (
  <p class="small muted">
    Lines of JSON that prove themselves: <code>stowage verify-audit</code> finds a changed, a
    missing and a moved line on any machine. Without dates, all of it.
  </p>
)

/** A question, not a change: it is asked by the address. */
const Download = ({ from }: { from: string }): Html => (
  <Card title="Export">
    <div class="stack">
      <Explained />
      <form method="get" action={from} class="filters">
        <div class="field">
          <label for="export-from">From</label>
          <input id="export-from" type="date" name="from" />
        </div>
        <div class="field">
          <label for="export-to">until</label>
          <input id="export-to" type="date" name="to" />
        </div>
        <Button icon="receive">Download</Button>
      </form>
    </div>
  </Card>
)

interface ExportProps {
  action: string
  state: FormState
  exports: AuditExport[]
}

const Export = ({ action, state, exports }: ExportProps): Html => (
  <Card title="Export">
    <div class="stack">
      <Explained />
      <Form action={action} state={state} inline>
        <Field name="from" label="From" type="date" state={state} />
        <Field name="to" label="Until" type="date" state={state} />
        <Button icon="receive">Export</Button>
      </Form>
      {exports.length > 0 && <Exports of={exports} />}
    </div>
  </Card>
)

const Exports = ({ of }: { of: AuditExport[] }): Html => (
  <Table
    rows={of}
    empty={<></>}
    columns={[
      { title: 'Asked for', cell: ({ created_at }) => <When at={created_at} /> },
      { title: 'By', cell: ({ asked_by }) => asked_by },
      { title: 'State', cell: ({ state }) => <Status of={state} /> },
      {
        title: '',
        cell: ({ id, file }) =>
          file ? (
            <a href={`/files/audit/exports/${id}/file`}>
              Download ({Math.ceil(file.size_bytes / 1_000)} kB)
            </a>
          ) : (
            <span class="muted">—</span>
          ),
      },
    ]}
  />
)

export const proofView = ({ proof, back }: { proof: AuditProof; back: string }): Html => (
  <>
    <PageHead title="Proof of the audit trail" crumbs={[['Audit trail', back]]} />
    {proof.broken ? (
      <Notice tone="bad">
        Entry {proof.broken.seq} does not hold: {proof.broken.reason}
      </Notice>
    ) : (
      <Notice tone="good">
        {proof.complete ? 'Every entry' : 'Every entry so far'} is as it was written.
      </Notice>
    )}
    <Card>
      <div class="stack">
        {' '}
        <Facts
          of={[
            ['Entries checked', proof.checked],
            ['Up to entry', proof.checked_to],
            ['Details forgotten', proof.forgotten],
            ['Hash there', <Id value={proof.head_hash} />],
          ]}
        />
        <p class="small muted">
          Each entry holds the hash of the one before. Keep the last hash elsewhere: then even a
          trail that was cut short at its end is noticed.
        </p>
      </div>{' '}
    </Card>
  </>
)
