/** One mail: how far it came, what the mail server said, and what is in it for those who may know. */
import type { Html } from '../../src/kit/html.ts'
import type { Mail, OpenedMail } from '../../src/mail/schema.ts'
import { ActionButton, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Facts, Notice, PageHead } from '../ui/layout.tsx'
import { sentence } from '../ui/status.tsx'
import { Code, Id, Text, When } from '../ui/text.tsx'
import { MailStatus } from './mails.tsx'

interface MailProps {
  path: string
  mail: Mail
  state: FormState
  is_set_up: boolean
  may_open: boolean
  may_write: boolean
}

const isOver = ({ state }: Mail): boolean => state === 'sent' || state === 'cancelled'

export const mailView = (props: MailProps): Html => {
  const { path, mail, state, is_set_up, may_open, may_write } = props
  const at = `${path}/${mail.id}`
  const may_change = may_write && !isOver(mail)
  return (
    <>
      <PageHead title={mail.subject || 'Mail'} crumbs={[['Mail', path]]}>
        {may_open && mail.has_text && (
          <ActionButton action={`${at}/open`} state={state} kind={is_set_up ? 'quiet' : 'primary'}>
            Open it
          </ActionButton>
        )}
        {may_change && mail.has_text && is_set_up && (
          <ActionButton action={`${at}/resend`} state={state} kind="primary">
            Send it now
          </ActionButton>
        )}
        {may_change && (
          <ActionButton action={`${at}/cancel`} state={state} kind="danger">
            Take it back
          </ActionButton>
        )}
      </PageHead>
      <Wrong state={state} />
      <Card>
        <Facts
          of={[
            ['To', mail.recipient],
            ['Kind', sentence(mail.kind)],
            ['State', <MailStatus of={mail} />],
            ['Attempts', mail.attempt_count],
            ['Last answer', <Text value={mail.last_error} />],
            ['Next attempt', <When at={mail.next_at} />],
            ['Sent', <When at={mail.sent_at} />],
            ['Written', <When at={mail.created_at} />],
            ['Good until', <When at={mail.expires_at} />],
            ['Id', <Id value={mail.id} />],
          ]}
        />
      </Card>
      <p class="small muted">
        {mail.has_text
          ? 'A mail may hold a link that opens a door: who reads it here is noted in the audit trail.'
          : 'Its text is not kept any more.'}
      </p>
    </>
  )
}

interface OpenedProps {
  path: string
  mail: OpenedMail
  public_url: string
}

export const openedView = ({ path, mail, public_url }: OpenedProps): Html => (
  <>
    <PageHead
      title={mail.subject}
      sub={`To ${mail.recipient}`}
      crumbs={[
        ['Mail', path],
        ['This mail', `${path}/${mail.id}`],
      ]}
    />
    {mail.action && (
      <Notice tone="warn">
        The link is for {mail.recipient} alone: whoever has it can use it. Hand it over in a way you
        trust.
      </Notice>
    )}
    <Card>
      <div class="stack">
        {mail.lines.map((line) => (
          <p>{line}</p>
        ))}
        {mail.action && (
          <>
            <p>
              <strong>{mail.action.label}</strong>
            </p>
            <Code>{public_url + mail.action.path}</Code>
          </>
        )}
      </div>
    </Card>
  </>
)
