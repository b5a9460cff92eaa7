/** The organizations of a business, and how one is changed or founded. */
import type { Html } from '../../src/kit/html.ts'
import type { Organization } from '../../src/organizations/schema.ts'
import { ActionButton, Button, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { Id, When } from '../ui/text.tsx'

export interface OrganizationsProps {
  url: URL
  state: FormState
  /** May found another one. */
  may_create: boolean
  organizations: { data: Organization[]; has_more: boolean; next_cursor: string | null }
}

export const organizationsView = (props: OrganizationsProps): Html => (
  <>
    <PageHead
      title="Organizations"
      sub="Teams, brands or sellers inside this business: each sees its own stock and orders alone."
    />
    <Wrong state={props.state} shown={['name', 'slug']} />
    <Filters
      url={props.url}
      filters={[
        { name: 'search', label: 'Search', placeholder: 'Part of the name' },
        { name: 'archived', label: 'Show', choices: [['true', 'Archived']], any: 'Worked in' },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.organizations} url={props.url} />
    {props.may_create && <Found {...props} />}
  </>
)

const List = ({ organizations, url }: OrganizationsProps): Html => (
  <Table
    rows={organizations.data}
    url={url}
    empty={
      <Empty icon="people" title={url.search ? 'No organization like this' : 'No organization'}>
        Every business has one from the beginning; one that is archived is listed under Archived.
      </Empty>
    }
    columns={[
      {
        title: 'Name',
        sort: 'name',
        cell: ({ id, name, slug }) => (
          <div>
            <a class="row-link" href={`/settings/organizations/${id}`}>
              {name}
            </a>
            <div class="small muted">{slug}</div>
          </div>
        ),
      },
      {
        title: '',
        cell: ({ is_default, archived_at }) => (
          <>
            {is_default && <Status of="on" label="Default" />}
            {archived_at && <Status of="off" label="Archived" />}
          </>
        ),
      },
      {
        title: 'Since',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} date_only />,
      },
    ]}
  />
)

const Found = ({ state }: OrganizationsProps): Html => (
  <Card title="Found another one">
    <div class="stack">
      {' '}
      <Form action="/settings/organizations" state={state}>
        <Field name="name" label="Name" state={state} required />
        <Field
          name="slug"
          label="Short name"
          state={state}
          placeholder="made from the name"
          hint="Small letters, digits and hyphens."
        />
        <Button kind="primary" icon="plus">
          Found it
        </Button>
      </Form>
      <p class="small muted">You become its owner and can switch to it at the top right.</p>
    </div>
  </Card>
)

export const organizationView = ({
  organization,
  state,
  may_write,
  may_lead,
  may_archive,
  may_invite,
}: {
  organization: Organization
  state: FormState
  may_write: boolean
  /** May say which organization leads the business. */
  may_lead: boolean
  may_archive: boolean
  may_invite: boolean
}): Html => (
  <>
    <PageHead title={organization.name} crumbs={[['Organizations', '/settings/organizations']]} />
    <Wrong state={state} shown={['name', 'slug', 'role']} />
    <div class="columns">
      <Card title="What is known">
        <Facts
          of={[
            ['Short name', organization.slug],
            ['Default', organization.is_default ? 'Yes: the business itself' : 'No'],
            ['Since', <When at={organization.created_at} />],
            ['Archived', <When at={organization.archived_at} />],
            ['Id', <Id value={organization.id} />],
          ]}
        />
      </Card>
      {may_write && !organization.archived_at && (
        <Card title="Change">
          <Form
            action={`/settings/organizations/${organization.id}`}
            state={state}
            version={organization.version}
          >
            <Field name="name" label="Name" state={state} value={organization.name} required />
            <Field
              name="slug"
              label="Short name"
              state={state}
              value={organization.slug}
              required
            />
            <Button>Save</Button>
          </Form>
        </Card>
      )}
      {may_invite && !organization.archived_at && (
        <Invite organization={organization} state={state} />
      )}
      {may_lead && !organization.is_default && !organization.archived_at && (
        <Lead organization={organization} state={state} />
      )}
      {may_archive && !organization.is_default && (
        <Archive organization={organization} state={state} />
      )}
    </div>
  </>
)

const Invite = ({
  organization,
  state,
}: {
  organization: Organization
  state: FormState
}): Html => (
  <Card title="Invite people">
    <Form action={`/settings/organizations/${organization.id}/invitations`} state={state}>
      <Field
        name="emails"
        label="E-mail addresses"
        state={state}
        rows={3}
        hint="One to a line. Each gets a link by mail, for seven days; all of them or nobody."
        required
      />
      <Field
        name="role"
        label="Role"
        state={state}
        value="member"
        choices={[
          ['owner', 'Owner'],
          ['admin', 'Admin'],
          ['member', 'Member'],
          ['developer', 'Developer'],
          ['viewer', 'Viewer'],
        ]}
        required
      />
      <Button>Send the invitations</Button>
    </Form>
  </Card>
)

const Archive = ({
  organization: { id, name, archived_at },
  state,
}: {
  organization: Organization
  state: FormState
}): Html => (
  <Card title={archived_at ? 'It is archived' : 'Archive it'}>
    <div class="stack">
      <p class="small muted">
        {archived_at
          ? 'Its members can look at what happened here. Nothing can be changed.'
          : 'When nothing is open in it any more: its members can still look, nothing can be changed, and it leaves the lists. You can take it back.'}
      </p>
      <div class="actions">
        {archived_at ? (
          <ActionButton action={`/settings/organizations/${id}/restore`} state={state}>
            Work in {name} again
          </ActionButton>
        ) : (
          <ActionButton
            action={`/settings/organizations/${id}/archive`}
            state={state}
            kind="danger"
          >
            Archive {name}
          </ActionButton>
        )}
      </div>
    </div>
  </Card>
)

const Lead = ({ organization, state }: { organization: Organization; state: FormState }): Html => (
  <Card title="Make it the default">
    <div class="stack">
      <p class="small muted">
        Whoever leads the default organization leads the whole business: it sees all the others. You
        must be an owner of {organization.name}, and of the one that is the default now.
      </p>
      <div class="actions">
        <ActionButton
          action={`/settings/organizations/${organization.id}/make_default`}
          state={state}
          kind="danger"
        >
          Make {organization.name} the default
        </ActionButton>
      </div>
    </div>
  </Card>
)
