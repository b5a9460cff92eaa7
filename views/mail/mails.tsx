/** The outbox: every mail, who it goes to, and how far it came. */
import type { Html } from '../../src/kit/html.ts'
import type { Mail } from '../../src/mail/schema.ts'
import { Button, Check, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Notice, PageHead } from '../ui/layout.tsx'
import { sentence, Status } from '../ui/status.tsx'
import { Filters, Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

interface MailsProps {
  path: string
  url: URL
  state: FormState
  /** A mail server is set. */
  is_set_up: boolean
  /** Whoever may try it out: the address to try it with. */
  tester: string | undefined
  platform: boolean
  /** How many could still be sent, for who may send them. */
  kept: number | undefined
  mails: { data: Mail[]; next_cursor: string | null }
}

export const mailsView = (props: MailsProps): Html => (
  <>
    <PageHead
      title="Mail"
      sub="Invitations, links and notices on their way out. The text of a mail goes when it was sent."
    />
    <Wrong state={props.state} shown={['recipient']} />
    {!props.is_set_up && <NotSetUp platform={props.platform} />}
    {props.is_set_up && props.kept !== undefined && (props.kept > 0 || props.platform) && (
      <Kept {...props} kept={props.kept} />
    )}
    <Filters
      url={props.url}
      filters={[
        { name: 'recipient', label: 'To', placeholder: 'the beginning of an address' },
        { name: 'kind', label: 'Kind', placeholder: 'invitation' },
        {
          name: 'state',
          label: 'State',
          choices: [
            ['queued', 'On its way'],
            ['sent', 'Sent'],
            ['failed', 'Failed'],
            ['kept', 'To hand over'],
            ['cancelled', 'Taken back'],
          ],
        },
      ]}
    />
    <Card flush>
      <List {...props} />
    </Card>
    <Pager page={props.mails} url={props.url} />
    {props.tester !== undefined && props.is_set_up && (
      <Card title="Try the mail server">
        <Form action={`${props.path}/test`} state={props.state}>
          <Field
            name="recipient"
            label="To"
            type="email"
            state={props.state}
            value={props.tester}
            required
          />
          <Button icon="mail">Send a test</Button>
        </Form>
      </Card>
    )}
  </>
)

/** What gathered while there was no mail server; for the operator, that of all businesses, too. */
const Kept = ({ kept, platform, path, state }: MailsProps & { kept: number }): Html => (
  <Card title="Kept while there was no mail server">
    <div class="stack">
      <p>
        {kept === 0
          ? 'None of the platform’s own mails waits.'
          : `${kept === 1 ? 'One mail is' : `${kept} mails are`} kept and still good.`}{' '}
        Those that somebody handed over already are sent as well.
      </p>
      <Form action={`${path}/send-kept`} state={state}>
        {platform && <Check name="everywhere" label="Those of every business, too" state={state} />}
        <Button icon="mail">Send what is kept</Button>
      </Form>
    </div>
  </Card>
)

const NotSetUp = ({ platform }: { platform: boolean }): Html => (
  <Notice tone="warn">
    {platform ? (
      <>
        No mail server is set: mails are kept here, and you hand over what is in them. To have them
        carried, set <code>smtp_url</code> (<code>smtp://user:password@host:587</code>) and{' '}
        <code>mail_from</code>, in <code>stowage.json</code> or as <code>STOWAGE_SMTP_URL</code> and{' '}
        <code>STOWAGE_MAIL_FROM</code>, and start again.
      </>
    ) : (
      <>
        No mail server is set for this installation: mails are kept here. Open one and hand over the
        link in it. The operator can set a mail server.
      </>
    )}
  </Notice>
)

const labels: Partial<Record<Mail['state'], string>> = {
  kept: 'To hand over',
  cancelled: 'Taken back',
}

export const MailStatus = ({ of }: { of: Mail }): Html => {
  if (of.state === 'kept' && !of.has_text) return <Status of="off" label="Ran out" />
  if (of.state === 'queued' && of.attempt_count > 0) return <Status of="retrying" />
  if (of.state === 'sent') return <Status of="done" label="Sent" />
  if (of.state === 'kept') return <Status of="waiting" label="To hand over" />
  return <Status of={of.state} label={labels[of.state] ?? sentence(of.state)} />
}

const List = ({ path, mails, url }: MailsProps): Html => (
  <Table
    rows={mails.data}
    url={url}
    empty={
      <Empty icon="mail" title={url.search ? 'No mail like this' : 'No mail yet'}>
        Whoever is invited, asks for a new password or is to be told of something gets a mail, and
        it is listed here.
      </Empty>
    }
    columns={[
      {
        title: 'To',
        cell: ({ id, recipient, subject }) => (
          <div>
            <a class="row-link" href={`${path}/${id}`}>
              {recipient}
            </a>
            <div class="small muted">{subject}</div>
          </div>
        ),
      },
      { title: 'Kind', cell: ({ kind }) => sentence(kind) },
      {
        title: 'State',
        cell: (mail) => (
          <div>
            <MailStatus of={mail} />
            {mail.last_error && <div class="small muted">{mail.last_error}</div>}
          </div>
        ),
      },
      {
        title: 'Written',
        sort: 'created_at',
        cell: ({ created_at }) => <When at={created_at} />,
      },
    ]}
  />
)
