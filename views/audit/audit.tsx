/** The audit trail: who changed what, when, from where, and the proof that nothing was touched since. */
import type { Html } from '../../src/kit/html.ts'
import type { AuditEntry, AuditProof } from '../../src/audit/schema.ts'
import { LinkButton } from '../ui/form.tsx'
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Id, Json, Text, When } from '../ui/text.tsx'

export interface AuditProps {
  path: string
  url: URL
  may_prove: boolean
  trail: { data: AuditEntry[]; has_more: boolean; next_cursor: string | null }
}

export const auditView = ({ path, url, may_prove, trail }: AuditProps): Html => (
  <>
    <PageHead title="Audit trail" sub="Every change, in the order it was made. Nobody can edit it.">
      {may_prove && (
        <LinkButton href={`${path}/proof`} icon="proof">
          Prove it
        </LinkButton>
      )}
    </PageHead>
    <Filters
      url={url}
      filters={[
        { name: 'action', label: 'What', placeholder: 'items.update, or items. for all of them' },
        { name: 'actor_id', label: 'By (id)' },
        { name: 'subject_id', label: 'On (id)' },
        {
          name: 'actor_kind',
          label: 'Who',
          choices: [
            ['user', 'People'],
            ['token', 'Tokens'],
            ['staff', 'Staff'],
            ['system', 'The system'],
          ],
        },
      ]}
    />
    <Card flush>
      <List url={url} trail={trail} />
    </Card>
    {trail.data.length === 0 && trail.has_more && (
      <Notice>Nothing among the newest 20,000 entries; the next page looks further back.</Notice>
    )}
    <Pager page={trail} url={url} />
  </>
)

const List = ({ url, trail }: Pick<AuditProps, 'url' | 'trail'>): Html => (
  <Table
    rows={trail.data}
    empty={
      <Empty icon="book" title={url.search ? 'No entry like this' : 'Nothing was changed yet'}>
        Each change leaves an entry here: who made it, and what was different before.
      </Empty>
    }
    columns={[
      { title: 'When', cell: (entry) => <When at={entry.occurred_at} /> },
      {
        title: 'Who',
        cell: ({ actor }) => (
          <div>
            {actor.name}
            <div class="small muted">{sentence(actor.kind)}</div>
          </div>
        ),
      },
      {
        title: 'What',
        cell: (entry) => (
          <div>
            <code>{entry.action}</code>
            <div class="small">
              {entry.subject_id ? <Id value={entry.subject_id} /> : <Text value="" />}
            </div>
          </div>
        ),
      },
      { title: 'Details', cell: (entry) => <Details entry={entry} /> },
    ]}
  />
)

const Details = ({ entry }: { entry: AuditEntry }): Html => (
  <details>
    <summary>Entry {entry.seq}</summary>
    <Json value={entry.changes} />
    <Facts
      of={[
        ['From', <Text value={entry.ip} />],
        ['With', <Text value={entry.user_agent} />],
        ['Request', <Text value={entry.request_id} />],
        ['Hash', <Id value={entry.hash} />],
      ]}
    />
  </details>
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
