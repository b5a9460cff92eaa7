/** The domains of all businesses, as the operator sees them. */
import type { Html } from '../../src/kit/html.ts'
import type { PlatformDomain } from '../../src/domains/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Code, Id, When } from '../ui/text.tsx'
import { DomainStatus } from './domains.tsx'

export interface PlatformDomainsProps {
  url: URL
  domains: { data: PlatformDomain[]; has_more: boolean; next_cursor: string | null }
}

export const platformDomainsView = ({ url, domains }: PlatformDomainsProps): Html => (
  <>
    <PageHead title="Domains" sub="Under which names the businesses here are reached." />
    <Filters
      url={url}
      filters={[
        { name: 'search', label: 'Beginning of the name' },
        {
          name: 'state',
          label: 'State',
          choices: [
            ['verified', 'Verified'],
            ['pending', 'Waiting for proof'],
            ['unverified', 'Proof is gone'],
            ['released', 'Released'],
          ],
        },
        {
          name: 'kind',
          label: 'Kind',
          choices: [
            ['custom', 'Their own'],
            ['subdomain', 'Below ours'],
          ],
        },
      ]}
    />
    <Card flush>
      <Table
        rows={domains.data}
        url={url}
        empty={
          <Empty icon="search" title="No domain like this">
            Every business has one below ours from the beginning, and adds its own in its settings.
          </Empty>
        }
        columns={[
          {
            title: 'Domain',
            sort: 'name',
            cell: ({ id, domain }) => (
              <a class="row-link" href={`/platform/domains/${id}`}>
                {domain}
              </a>
            ),
          },
          { title: 'State', cell: ({ state }) => <DomainStatus state={state} /> },
          {
            title: 'Business',
            cell: ({ tenant_id, tenant_name }) => (
              <a href={`/platform/tenants/${tenant_id}`}>{tenant_name}</a>
            ),
          },
          { title: 'Looked at', cell: ({ checked_at }) => <When at={checked_at} /> },
          {
            title: 'Since',
            sort: 'created_at',
            cell: ({ created_at }) => <When at={created_at} date_only />,
          },
        ]}
      />
    </Card>
    <Pager page={domains} url={url} />
  </>
)

export interface PlatformDomainProps {
  domain: PlatformDomain
  state: FormState
  may_write: boolean
}

export const platformDomainView = ({ domain, state, may_write }: PlatformDomainProps): Html => (
  <>
    <PageHead title={domain.domain} crumbs={[['Domains', '/platform/domains']]} />
    <Wrong state={state} />
    <div class="columns">
      <Card title="What is known">
        <Facts
          of={[
            [
              'Business',
              <a href={`/platform/tenants/${domain.tenant_id}`}>{domain.tenant_name}</a>,
            ],
            ['State', <DomainStatus state={domain.state} />],
            ['Primary', domain.is_primary ? 'Yes' : 'No'],
            ['Verified', <When at={domain.verified_at} />],
            ['Looked at', <When at={domain.checked_at} />],
            ['Days without proof', String(domain.failure_count)],
            ['Found', domain.last_error || 'Nothing to complain about'],
            ['Kept from others until', <When at={domain.quarantined_until} />],
            ['Id', <Id value={domain.id} />],
          ]}
        />
      </Card>
      {may_write && domain.kind === 'custom' && <Actions domain={domain} state={state} />}
    </div>
    {domain.proof && (
      <Card title="Its proof">
        <Code>{`${domain.proof.record}.  TXT\n"${domain.proof.value}"`}</Code>
      </Card>
    )}
  </>
)

const Actions = ({ domain, state }: Omit<PlatformDomainProps, 'may_write'>): Html => (
  <Card title="What can be done">
    <div class="stack">
      {domain.state !== 'released' && (
        <ActionButton action={`/platform/domains/${domain.id}/verify`} state={state}>
          Look for the proof now
        </ActionButton>
      )}
      <p class="small muted">
        {domain.state === 'released'
          ? 'Out of its quarantine, any business may add and prove it.'
          : 'Released, it leads nowhere, and is kept from other businesses for 30 days.'}
      </p>
      <ActionButton action={`/platform/domains/${domain.id}/release`} state={state} kind="danger">
        {domain.state === 'released' ? 'End the quarantine' : 'Release it'}
      </ActionButton>
    </div>
  </Card>
)
