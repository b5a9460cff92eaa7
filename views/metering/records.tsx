/** Every line of usage, what it is about, and the way to take them along. */
import type { Html } from '../../src/kit/html.ts'
import type { UsageExport, UsageRecord } from '../../src/metering/schema.ts'
import { Button, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Id, Text, When } from '../ui/text.tsx'
import { amount, meterLabel, meter_choices } from './figures.tsx'

export interface RecordsProps {
  url: URL
  crumbs: readonly (readonly [label: string, href: string])[]
  state: FormState
  /** Where an export is asked for; undefined for those who may not. */
  export_to: string | undefined
  /** Of the whole business: a line says of which organization it is. */
  whole: boolean
  /** The latest that were asked for. */
  exports: readonly UsageExport[]
  /** To choose from, id and name. */
  organizations: readonly (readonly [id: string, name: string])[]
  records: { data: UsageRecord[]; has_more: boolean; next_cursor: string | null }
}

export const recordsView = (props: RecordsProps): Html => (
  <>
    <PageHead
      title="Line by line"
      sub="Each line was written once and is never changed; a correction is another line."
      crumbs={props.crumbs}
    />
    <Wrong state={props.state} />
    <Filters
      url={props.url}
      filters={[
        { name: 'meter', label: 'What', choices: meter_choices },
        { name: 'subject_id', label: 'About (id)' },
        ...(props.organizations.length > 1
          ? [
              {
                name: 'organization_id',
                label: 'Organization',
                choices: props.organizations,
              },
            ]
          : []),
        { name: 'from', label: 'From (UTC)', type: 'date' },
        { name: 'to', label: 'Until', type: 'date' },
      ]}
    />
    <Card flush>
      <Lines {...props} />
    </Card>
    <Pager page={props.records} url={props.url} />
    {props.export_to && <Export {...props} action={props.export_to} />}
  </>
)

const Lines = ({ records, whole, url }: RecordsProps): Html => (
  <Table
    rows={records.data}
    empty={
      <Empty icon="chart" title={url.search ? 'No such line' : 'Nothing was used yet'}>
        {url.search
          ? 'Nothing was counted that is like this.'
          : 'The first call, label or webhook is counted here.'}
      </Empty>
    }
    columns={[
      { title: 'When', cell: ({ occurred_at }) => <When at={occurred_at} /> },
      { title: 'What', cell: ({ meter }) => meterLabel(meter) },
      {
        title: 'How much',
        end: true,
        cell: ({ meter, quantity }) => <strong class="nowrap">{amount(meter, quantity)}</strong>,
      },
      { title: 'About', cell: ({ subject_id }) => <Subject id={subject_id} /> },
      ...(whole
        ? [
            {
              title: 'Organization',
              cell: ({ organization_name }: UsageRecord) => organization_name ?? 'The business',
            },
          ]
        : []),
      { title: 'Plan', cell: ({ plan_code }) => <Text value={plan_code} /> },
      {
        title: '',
        cell: (record) => (record.is_late || record.reason) && <Remarks of={record} />,
      },
    ]}
  />
)

const places: Record<string, string> = {
  shp: '/shipments',
  job: '/jobs',
  whe: '/webhooks',
}

const Subject = ({ id }: { id: string | null }): Html => {
  if (!id) return <Text value={id} />
  const place = places[id.slice(0, id.lastIndexOf('_'))]
  return place ? (
    <a href={`${place}/${id}`}>
      <Id value={id} />
    </a>
  ) : (
    <Id value={id} />
  )
}

const Remarks = ({ of: { is_late, reason, corrected_by } }: { of: UsageRecord }): Html => (
  <div>
    {is_late && <Status of="hold" label="Late" />}
    {reason && (
      <div class="small">
        {reason} <span class="muted">({corrected_by})</span>
      </div>
    )}
  </div>
)

const Export = ({ action, state, url, exports }: RecordsProps & { action: string }): Html => (
  <Card title="Take it along">
    <div class="stack" id="exports">
      <p class="small muted">
        A file for a spreadsheet (CSV) with every line of what and when is chosen above; without a
        choice, all of them.
      </p>
      <Form action={action} state={state} inline>
        {['meter', 'from', 'to'].map((name) => {
          const value = url.searchParams.get(name)
          return value && <input type="hidden" name={name} value={value} />
        })}
        <Button icon="receive">Export</Button>
      </Form>
      {exports.length > 0 && <Exports of={exports} />}
    </div>
  </Card>
)

const Exports = ({ of }: { of: readonly UsageExport[] }): Html => (
  <ul class="plain">
    {of.map(({ id, state, created_at, lines, file }) => (
      <li>
        <When at={created_at} /> <Status of={state} />{' '}
        {file && (
          <a href={`/files/usage/exports/${id}/file`} download="usage.csv">
            {lines} lines
          </a>
        )}
        {state === 'queued' || state === 'running' ? (
          <span class="small muted"> Look again in a moment.</span>
        ) : null}
      </li>
    ))}
  </ul>
)
