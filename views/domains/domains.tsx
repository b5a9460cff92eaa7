/** The domains of a business, what each needs, and how another one is added. */
import type { Html } from '../../src/kit/html.ts'
import type { Domain } from '../../src/domains/schema.ts'
import { ActionButton, Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Code, Text, When } from '../ui/text.tsx'

export interface DomainsProps {
  url: URL
  state: FormState
  may_write: boolean
  domains: { data: Domain[]; has_more: boolean; next_cursor: string | null }
}

export const domainsView = (props: DomainsProps): Html => (
  <>
    <PageHead
      title="Domains"
      sub="Where your people sign in and your systems call: our address for you, and your own."
    />
    <Wrong state={props.state} shown={['domain']} />
    <Filters
      url={props.url}
      filters={[
        { name: 'search', label: 'Name' },
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
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.domains} url={props.url} />
    {props.may_write && <Add state={props.state} />}
  </>
)

const List = ({ domains, url }: DomainsProps): Html => (
  <Table
    rows={domains.data}
    url={url}
    empty={
      <Empty icon="search" title="No domain like this">
        Every business has at least the one below our own.
      </Empty>
    }
    columns={[
      {
        title: 'Domain',
        sort: 'name',
        cell: ({ id, domain, kind }) => (
          <div>
            <a class="row-link" href={`/settings/domains/${id}`}>
              {domain}
            </a>
            <div class="small muted">{kind === 'subdomain' ? 'given by us' : 'your own'}</div>
          </div>
        ),
      },
      { title: 'State', cell: ({ state }) => <DomainStatus state={state} /> },
      { title: '', cell: ({ is_primary }) => is_primary && <Status of="on" label="Primary" /> },
      { title: 'Looked at', cell: ({ checked_at }) => <When at={checked_at} /> },
      {
        title: 'Since',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} date_only />,
      },
    ]}
  />
)

const words: Record<Domain['state'], readonly [status: string, label: string]> = {
  pending: ['waiting', 'Waiting for proof'],
  verified: ['active', 'Verified'],
  unverified: ['failed', 'Proof is gone'],
  released: ['released', 'Released'],
}

export const DomainStatus = ({ state }: { state: Domain['state'] }): Html => {
  const [status, label] = words[state]
  return <Status of={status} label={label} />
}

const Add = ({ state }: { state: FormState }): Html => (
  <Card title="Add a domain of your own">
    <Form action="/settings/domains" state={state}>
      <Field
        name="domain"
        label="Domain"
        state={state}
        placeholder="shipping.example.com"
        hint="You will be shown a TXT record that proves it is yours. Its address record points to us."
        required
      />
      <Button kind="primary" icon="plus">
        Add it
      </Button>
    </Form>
  </Card>
)

export interface DomainProps {
  domain: Domain
  state: FormState
  may_write: boolean
  /** The host to which its address record points. */
  platform_host: string
}

export const domainView = (props: DomainProps): Html => {
  const { domain, state, may_write } = props
  const is_open = domain.kind === 'custom' && domain.state !== 'released'
  return (
    <>
      <PageHead title={domain.domain} crumbs={[['Domains', '/settings/domains']]} />
      <Wrong state={state} />
      {domain.state === 'unverified' && (
        <Notice tone="bad">The proof is gone, so it leads nowhere. {domain.last_error}</Notice>
      )}
      <div class="columns">
        <Known domain={domain} />
        {is_open && may_write && <Actions domain={domain} state={state} />}
        {domain.kind === 'subdomain' && may_write && !domain.is_primary && (
          <Card title="Put it first">
            <Prefer domain={domain} state={state} />
          </Card>
        )}
      </div>
      {is_open && <Records {...props} />}
    </>
  )
}

const Known = ({ domain }: { domain: Domain }): Html => (
  <Card title="What is known">
    <Facts
      of={[
        ['State', <DomainStatus state={domain.state} />],
        ['Primary', domain.is_primary ? 'Yes: it stands first in links' : 'No'],
        ['Address', domain.url ? <a href={domain.url}>{domain.url}</a> : <Text value="" />],
        ['Verified', <When at={domain.verified_at} />],
        ['Looked at', <When at={domain.checked_at} />],
        ...(domain.last_error ? ([['Found', domain.last_error]] as const) : []),
        ...(domain.quarantined_until
          ? ([['Kept from others until', <When at={domain.quarantined_until} />]] as const)
          : []),
      ]}
    />
  </Card>
)

const Prefer = ({ domain, state }: { domain: Domain; state: FormState }): Html => (
  <div class="stack">
    <p>It then stands first in links and in what your systems are told.</p>
    <ActionButton action={`/settings/domains/${domain.id}/make_primary`} state={state}>
      Make it the primary one
    </ActionButton>
  </div>
)

const Actions = ({ domain, state }: { domain: Domain; state: FormState }): Html => (
  <Card title="What can be done">
    <div class="stack">
      {domain.state !== 'verified' && (
        <ActionButton action={`/settings/domains/${domain.id}/verify`} state={state} kind="primary">
          Look for the record now
        </ActionButton>
      )}
      {domain.state === 'verified' && !domain.is_primary && (
        <Prefer domain={domain} state={state} />
      )}
      <p class="small muted">
        {domain.verified_at
          ? 'Released, it is kept from others for 30 days; you may add it again meanwhile.'
          : 'Nothing was proven yet: it simply goes from the list.'}
      </p>
      <ActionButton action={`/settings/domains/${domain.id}/release`} state={state} kind="danger">
        Release it
      </ActionButton>
    </div>
  </Card>
)

const Records = ({ domain, platform_host }: DomainProps): Html => (
  <Card title="What has to stand in the DNS">
    <div class="stack">
      <p>Proof that it is yours; we look for it every day, so it stays there.</p>
      <Code>{`${domain.proof?.record}.  TXT\n"${domain.proof?.value}"`}</Code>
      <p>The way here. At the top of a zone use the addresses of {platform_host} instead.</p>
      <Code>{`${domain.domain}.  CNAME\n${platform_host}.`}</Code>
    </div>
  </Card>
)
