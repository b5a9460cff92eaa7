/** The archives of a business: ask for one, see how far it is, take it along. */
import type { Html } from '../../src/kit/html.ts'
import type { Archive } from '../../src/archives/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Pager, Table, type Column } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'

export interface ArchivesProps {
  url: URL
  state: FormState
  /** Where the forms of this page lead: `/settings/archives`. */
  at: string
  /** Where a file is opened: `/files/archives`. */
  files: string
  crumbs: readonly (readonly [label: string, href: string])[]
  may_make: boolean
  archives: { data: Archive[]; has_more: boolean; next_cursor: string | null }
}

const under_way = ({ state }: Archive): boolean => state === 'queued' || state === 'running'

export const archivesView = (props: ArchivesProps): Html => {
  const { state, at, crumbs, may_make, archives, url } = props
  const waiting = archives.data.some(under_way)
  return (
    <>
      <PageHead
        title="Export"
        sub="Everything of the business in one file that can be read and proven without us."
        crumbs={[...crumbs]}
      >
        {may_make && !waiting && (
          <ActionButton action={at} state={state} kind="primary" icon="layers">
            Make an archive
          </ActionButton>
        )}
      </PageHead>
      <Wrong state={state} />
      {!may_make && <Notice tone="info">Only an owner of the business makes an archive.</Notice>}
      {waiting ? (
        <div
          id="archives"
          hx-get={url.pathname}
          hx-trigger="every 2s"
          hx-select="#archives"
          hx-swap="outerHTML"
        >
          <List {...props} />
        </div>
      ) : (
        <div id="archives">
          <List {...props} />
        </div>
      )}
      <Pager page={archives} url={url} />
      <Card title="What is in it">
        <ul>
          <li>Every table as lines of JSON, and as an SQLite database.</li>
          <li>Labels, documents and other files under their names.</li>
          <li>
            Checksums, and a script that proves ledger and audit trail with nothing but Python.
          </li>
          <li>No passwords, tokens or credentials: nothing in it opens a door.</li>
        </ul>
        <p class="small muted">
          It is of one moment, and work goes on while it is made. The file is kept for 30 days.
        </p>
      </Card>
    </>
  )
}

const List = (props: ArchivesProps): Html => (
  <Card flush>
    <Table
      rows={props.archives.data}
      url={props.url}
      columns={columnsOf(props)}
      empty={
        <Empty icon="layers" title="No archive yet">
          Make one before you leave, before a large change, or for your own shelf.
        </Empty>
      }
    />
  </Card>
)

const columnsOf = ({ at, files, state, may_make }: ArchivesProps): Column<Archive>[] => [
  {
    title: 'Asked for',
    sort: 'created_at',
    cell: ({ created_at, asked_by }) => (
      <div>
        <When at={created_at} />
        <div class="small muted">by {asked_by}</div>
      </div>
    ),
  },
  {
    title: 'State',
    cell: (archive) => (
      <div>
        <Status of={archive.state} />
        <div class="small muted">
          {under_way(archive) ? archive.progress.note : archive.error?.detail}
        </div>
      </div>
    ),
  },
  {
    title: 'File',
    cell: ({ id, file, state: is }) => {
      if (!file) return <span class="muted">{is === 'succeeded' ? 'no longer kept' : ''}</span>
      const name = may_make ? <a href={`${files}/${id}/file`}>{file.name}</a> : file.name
      return (
        <div>
          {name}
          <div class="small muted">
            {sizeOf(file.size_bytes)}, kept until <When at={file.expires_at} date_only />
          </div>
          <div class="small muted">
            SHA-256 <Id value={file.sha256} />
          </div>
        </div>
      )
    },
  },
  {
    title: '',
    end: true,
    cell: (archive) => {
      if (!may_make) return <></>
      if (under_way(archive)) {
        return (
          <ActionButton action={`${at}/${archive.id}/cancel`} state={state}>
            Stop
          </ActionButton>
        )
      }
      return archive.file ? (
        <ActionButton action={`${at}/${archive.id}/remove`} state={state}>
          Remove the file
        </ActionButton>
      ) : (
        <></>
      )
    },
  },
]

/** `12.3 MB` */
function sizeOf(size_bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(Math.floor(Math.log10(Math.max(size_bytes, 1)) / 3), units.length - 1)
  const number = size_bytes / 1_000 ** power
  return `${power === 0 ? number : number.toFixed(1)} ${units[power]}`
}
