/** A live business, its sandboxes and its branches: where one is, and where one may go. */
import type { Child, Html } from '../../src/kit/html.ts'
import type { MadeSibling, Sibling } from '../../src/branches/schema.ts'
import {
  ActionButton,
  Button,
  Check,
  Field,
  Form,
  LinkButton,
  Wrong,
  type FormState,
} from '../ui/form.tsx'
import { Card, Empty, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Pager, Table, type Column } from '../ui/table.tsx'
import { Code, Id, When } from '../ui/text.tsx'

type Crumbs = readonly (readonly [label: string, href: string])[]

export interface SiblingsProps {
  url: URL
  state: FormState
  /** Where the forms of this page lead: `/settings/siblings`. */
  at: string
  crumbs: Crumbs
  /** People go over; the operator only looks after them. */
  may_enter: boolean
  /** From the live business only. */
  may_make: boolean
  siblings: { data: Sibling[]; has_more: boolean; next_cursor: string | null }
}

const title = 'Sandboxes and branches'

export const siblingsView = (props: SiblingsProps): Html => (
  <>
    <PageHead
      title={title}
      sub="Places to try things beside the live business. Nothing in them reaches the outside."
      crumbs={[...props.crumbs]}
    />
    <Wrong state={props.state} shown={['name', 'expires_at', 'anonymise']} />
    <Card flush>
      <Table
        rows={props.siblings.data}
        url={props.url}
        columns={columnsOf(props)}
        empty={
          <Empty icon="layers" title="Nothing here">
            The live business itself stands here, with what was made beside it.
          </Empty>
        }
      />
    </Card>
    <Pager page={props.siblings} url={props.url} />
    {props.may_make ? <Make {...props} /> : <></>}
  </>
)

const columnsOf = ({ at, state, may_enter }: SiblingsProps): Column<Sibling>[] => [
  {
    title: 'Name',
    cell: ({ id, name, kind, is_here }) => (
      <div>
        {kind === 'primary' ? (
          name
        ) : (
          <a class="row-link" href={`${at}/${id}`}>
            {name}
          </a>
        )}
        <div class="small muted">{is_here ? 'You are here' : ''}</div>
      </div>
    ),
  },
  {
    title: 'What it is',
    cell: (sibling) => (
      <Status of={sibling.kind === 'primary' ? 'live' : 'sandbox'} label={kindOf(sibling)} />
    ),
  },
  { title: 'State', cell: ({ status }) => <Status of={status} /> },
  {
    title: 'Made',
    sort: 'created_at',
    cell: ({ created_at, asked_by }) => (
      <div>
        <When at={created_at} date_only />
        <div class="small muted">{asked_by && `by ${asked_by}`}</div>
      </div>
    ),
  },
  { title: 'Goes', cell: ({ expires_at }) => goesAt(expires_at) },
  {
    title: '',
    end: true,
    cell: ({ id, is_here }) =>
      may_enter && !is_here ? (
        <ActionButton action={`${at}/${id}/enter`} state={state}>
          Go there
        </ActionButton>
      ) : (
        <></>
      ),
  },
]

const kindOf = ({ kind, anonymised }: Sibling): string =>
  kind === 'primary' ? 'Live business' : `${sentence(kind)}${anonymised ? ', anonymised' : ''}`

const goesAt = (expires_at: string | null): Child =>
  expires_at ? <When at={expires_at} /> : 'stays'

const Make = ({ at, state }: SiblingsProps): Html => (
  <div class="columns">
    <Card title="Make a sandbox">
      <Form action={`${at}/sandboxes`} state={state}>
        <p>Empty, to try the program and what you build on it.</p>
        <Names state={state} />
        <div>
          <Button kind="primary" icon="plus">
            Make the sandbox
          </Button>
        </div>
      </Form>
    </Card>
    <Card title="Make a branch">
      <Form action={`${at}/branches`} state={state}>
        <p>
          A copy of the business as it is now, with its stock, orders and history. Its carriers are
          simulated; tokens, passwords, webhooks and mails stay behind.
        </p>
        <Names state={state} />
        <Check
          name="anonymise"
          label="Replace names, e-mail addresses, telephone numbers and streets"
          state={state}
          checked
        />
        <div>
          <Button kind="primary" icon="plus">
            Make the branch
          </Button>
        </div>
      </Form>
    </Card>
  </div>
)

const Names = ({ state }: { state: FormState }): Html => (
  <>
    <Field name="name" label="Name" state={state} placeholder="made from the business’s name" />
    <Field
      name="expires_at"
      label="Removed after"
      type="date"
      state={state}
      hint="With the end of this day, in UTC. Empty: it stays until somebody removes it."
    />
  </>
)

export const siblingView = ({
  sibling,
  state,
  at,
  crumbs,
  may_remove,
}: {
  sibling: Sibling
  state: FormState
  at: string
  crumbs: Crumbs
  may_remove: boolean
}): Html => (
  <>
    <PageHead title={sibling.name} crumbs={[...crumbs, [title, at]]} />
    <Wrong state={state} />
    <div class="columns">
      <Card title="What is known">
        <Facts
          of={[
            ['What it is', kindOf(sibling)],
            ['State', <Status of={sibling.status} />],
            ['Short name', sibling.slug],
            ['Made', <When at={sibling.created_at} />],
            ['By', sibling.asked_by ?? ''],
            ['Goes', goesAt(sibling.expires_at)],
            ...(sibling.ledger
              ? ([
                  ['Copied', <When at={sibling.copied_at} />],
                  ['Postings then', String(sibling.ledger.postings)],
                  ['Head of its ledger then', <Id value={sibling.ledger.head_hash} />],
                ] as const)
              : []),
            ['Id', <Id value={sibling.id} />],
          ]}
        />
      </Card>
      {may_remove && !sibling.is_here && sibling.kind !== 'primary' && (
        <Card title="Remove">
          <div class="stack">
            <p>All that is in it goes at once, with every copy of it. Nothing else is touched.</p>
            <ActionButton action={`${at}/${sibling.id}/remove`} state={state} kind="danger">
              Remove it
            </ActionButton>
          </div>
        </Card>
      )}
    </div>
  </>
)

export const madeView = ({
  sibling,
  at,
  crumbs,
}: {
  sibling: MadeSibling
  at: string
  crumbs: Crumbs
}): Html => (
  <>
    <PageHead title={`${sibling.name} is there`} crumbs={[...crumbs, [title, at]]} />
    <Notice tone="warn">
      This is the only time its token is shown. We keep its hash and cannot show it again.
    </Notice>
    <Card title="Its token">
      <div class="stack">
        <Code>{sibling.api_token}</Code>
        <p class="small muted">
          For programs. People who lead the live business go over from the list, without a password.
        </p>
        <div>
          <LinkButton href={at} kind="primary">
            I have kept it
          </LinkButton>
        </div>
      </div>
    </Card>
  </>
)
