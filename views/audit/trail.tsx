/** A list of audit entries: who changed what, when, each leading to its own page. */
import type { Html } from '../../src/kit/html.ts'
import type { AuditEntry } from '../../src/audit/schema.ts'
import { Empty } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Id, Text, When } from '../ui/text.tsx'

export interface Trail {
  data: AuditEntry[]
  has_more: boolean
  next_cursor: string | null
}

interface TrailTableProps {
  trail: Trail
  /** Whether something was asked for: nothing found is not nothing there. */
  searched: boolean
  /** Where the page of an entry is, by its number; none where there is no such page. */
  path: string | undefined
}

export const Who = ({ of: { actor, impersonator } }: { of: AuditEntry }): Html => (
  <div>
    {actor.name || <Text value="" />}
    <div class="small muted">
      {impersonator ? `${impersonator.name} of the operator, in this place` : sentence(actor.kind)}
    </div>
  </div>
)

/** The names of what is different, as far as they fit into a line. */
function changedFields({ changes, is_forgotten }: AuditEntry): string {
  if (is_forgotten) return 'Details forgotten'
  const { after, input } = changes
  const names = Object.keys((after ?? input ?? {}) as object)
  return names.length > 4 ? `${names.slice(0, 4).join(', ')} …` : names.join(', ')
}

const columns = (path: string | undefined): Column<AuditEntry>[] => [
  {
    title: 'When',
    cell: ({ seq, occurred_at }) =>
      path ? (
        <a class="row-link" href={`${path}/entries/${seq}`}>
          <When at={occurred_at} />
        </a>
      ) : (
        <When at={occurred_at} />
      ),
  },
  { title: 'Who', cell: (entry) => <Who of={entry} /> },
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
  {
    title: 'Fields',
    cell: (entry) => <span class="small muted">{changedFields(entry)}</span>,
  },
]

export const TrailTable = ({ trail, searched, path }: TrailTableProps): Html => (
  <Table
    rows={trail.data}
    empty={
      <Empty icon="book" title={searched ? 'No entry like this' : 'Nothing was changed yet'}>
        {trail.has_more
          ? 'Nothing like this among the newest 50,000 that were looked through: the next page looks further back.'
          : 'Each change leaves an entry here: who made it, and what was different before.'}
      </Empty>
    }
    columns={columns(path)}
  />
)
