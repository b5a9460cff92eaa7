/** How the installation is: what was looked at, and what was found. */
import type { Html } from '../../src/kit/html.ts'
import type { Health } from '../../src/analytics/schema.ts'
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Table, type Column } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'

const words: Record<Health['state'], [tone: 'good' | 'warn' | 'bad', text: string]> = {
  good: ['good', 'Everything that was looked at is as it should be.'],
  warning: ['warn', 'It works, and something should be looked at.'],
  bad: ['bad', 'Something needs a person now.'],
}

export const healthView = ({ health }: { health: Health }): Html => {
  const [tone, text] = words[health.state]
  return (
    <>
      <PageHead
        title="Health"
        sub={
          <>
            What is known at a glance; <code>stowage doctor</code> on the machine looks deeper.
          </>
        }
      />
      <Notice tone={tone}>{text}</Notice>
      <div class="columns">
        <Card title="Looked at" flush>
          <Table rows={health.checks} columns={columns} empty={<></>} />
        </Card>
        <Card title="This process">
          <Facts
            of={[
              ['Started', <When at={health.started_at} />],
              ['Memory', `${Math.round(health.memory_bytes / 1e6)} MB`],
              ['Open files of businesses', health.open_files],
            ]}
          />
        </Card>
      </div>
      {health.maintenance.length > 0 && (
        <Card title="In maintenance" flush>
          <Table
            rows={health.maintenance}
            columns={[
              { title: 'Business', cell: ({ tenant_id }) => business(tenant_id) },
              { title: 'Why', cell: ({ reason }) => reason },
            ]}
            empty={<></>}
          />
        </Card>
      )}
      <Card title="Continuous copies" flush>
        <Copies copies={health.copies} />
      </Card>
    </>
  )
}

const business = (tenant_id: string): Html => (
  <a href={`/platform/tenants/${tenant_id}`}>
    <Id value={tenant_id} />
  </a>
)

const columns: readonly Column<Health['checks'][number]>[] = [
  { title: 'What', cell: ({ name }) => name },
  { title: 'State', cell: ({ state }) => <Status of={state} /> },
  { title: 'Found', cell: ({ detail }) => detail },
]

const Copies = ({ copies }: Pick<Health, 'copies'>): Html =>
  copies ? (
    <Table
      rows={copies.behind}
      columns={[
        { title: 'Business', cell: ({ tenant_id }) => business(tenant_id) },
        {
          title: 'Behind',
          cell: ({ lag_ms }) =>
            lag_ms === null ? 'not known' : `${(lag_ms / 1_000).toFixed(1)} s`,
        },
        { title: 'Copied last', cell: ({ last_sync_at }) => <When at={last_sync_at} /> },
        { title: 'Error', cell: ({ error }) => error ?? '' },
      ]}
      empty={
        <Empty icon="check" title="All copies are complete">
          Businesses whose last writes are not copied yet stand here.
        </Empty>
      }
    />
  ) : (
    <Empty icon="layers" title="Nothing is copied">
      Set <code>replica</code>, and install Litestream: see the guide on backup and restore.
    </Empty>
  )
