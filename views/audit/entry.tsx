/** One entry of the audit trail: what was before beside what is after. */
import type { Html } from '../../src/kit/html.ts'
import type { AuditEntry } from '../../src/audit/schema.ts'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Table } from '../ui/table.tsx'
import { Id, Json, Text, When } from '../ui/text.tsx'
import { Who } from './trail.tsx'

interface EntryProps {
  path: string
  entry: AuditEntry
}

export const entryView = ({ path, entry }: EntryProps): Html => (
  <>
    <PageHead
      title={<code>{entry.action}</code>}
      sub={`Entry ${entry.seq}`}
      crumbs={[['Audit trail', path]]}
    />
    {entry.is_forgotten && (
      <Notice>
        The details were forgotten, because they told of a person who was erased. The chain of
        hashes still proves that there was this entry, and that nothing else was.
      </Notice>
    )}
    <Differences entry={entry} />
    <Sent entry={entry} />
    <Card title="Who and from where">
      <Facts
        of={[
          ['When', <When at={entry.occurred_at} />],
          ['Who', <Who of={entry} />],
          [
            `${sentence(entry.actor.kind)}`,
            <a href={`${path}?actor_id=${encodeURIComponent(entry.actor.id)}`}>
              <Id value={entry.actor.id} />
            </a>,
          ],
          ...(entry.impersonator
            ? [['In this place', <Id value={entry.impersonator.id} />] as const]
            : []),
          [
            'On',
            entry.subject_id ? (
              <a href={`${path}?subject_id=${encodeURIComponent(entry.subject_id)}`}>
                <Id value={entry.subject_id} />
              </a>
            ) : (
              <Text value="" />
            ),
          ],
          ['From', <Text value={entry.ip} />],
          ['With', <Text value={entry.user_agent} />],
          ['Request', <Text value={entry.request_id} />],
          ['Hash before', <Id value={entry.previous_hash} />],
          ['Hash', <Id value={entry.hash} />],
        ]}
      />
    </Card>
  </>
)

interface Difference {
  field: string
  before: unknown
  after: unknown
}

function differencesOf({ changes }: AuditEntry): Difference[] {
  const before = (changes.before ?? {}) as Record<string, unknown>
  const after = (changes.after ?? {}) as Record<string, unknown>
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }))
}

const Value = ({ of }: { of: unknown }): Html => {
  if (of === undefined || of === null || of === '') return <Text value="" />
  if (typeof of === 'object') return <Json value={of} />
  return <>{String(of)}</>
}

const Differences = ({ entry }: { entry: AuditEntry }): Html => {
  const rows = differencesOf(entry)
  if (rows.length === 0) return <></>
  return (
    <Card title="What changed" flush>
      <Table
        rows={rows}
        empty={<></>}
        columns={[
          { title: 'Field', cell: ({ field }) => <code>{field}</code> },
          { title: 'Before', cell: ({ before }) => <Value of={before} /> },
          { title: 'After', cell: ({ after }) => <Value of={after} /> },
        ]}
      />
    </Card>
  )
}

const Sent = ({ entry: { changes, is_forgotten } }: { entry: AuditEntry }): Html =>
  is_forgotten || changes.input === undefined ? (
    <></>
  ) : (
    <Card title="What was sent">
      <Json value={changes.input} />
    </Card>
  )
