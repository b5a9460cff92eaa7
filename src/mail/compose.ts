/** Makes of a stored mail what is handed to the mail server: plain text, and the same as a page. */
import type { Read } from '../db/session.ts'
import type { MailSettings } from '../operations/services.ts'
import { letter } from '../../views/mail/letter.tsx'
import type { MailContent } from './queue.ts'
import { nameOfOrganization, type MailRow } from './store.ts'

export interface Message {
  /** Made of the mail's id: a second copy is recognised by it. */
  message_id: string
  date: Date
  from: { name: string; address: string }
  to: string
  subject: string
  text: string
  html: string
}

const our_name = 'Stowage'

export function compose(
  read: Read,
  row: MailRow,
  { from }: MailSettings,
  public_url: string,
): Message {
  const { lines, action } = JSON.parse(row.content) as MailContent
  const business = nameOf(read, row)
  const link = action && { label: action.label, url: public_url + action.path }
  return {
    message_id: `<${row.id}@${new URL(public_url).hostname}>`,
    date: new Date(row.created_at),
    from: { name: business, address: addressIn(from) },
    to: row.recipient,
    subject: row.subject,
    text: [...lines, ...(link ? [`${link.label}:\n${link.url}`] : []), `-- \n${business}`].join(
      '\n\n',
    ),
    html: letter({ subject: row.subject, lines, link, business }).toString(),
  }
}

/** The platform has no organizations: its mail comes from the house itself. */
const nameOf = (read: Read, { organization_id }: MailRow): string =>
  (organization_id && nameOfOrganization(read, organization_id)) || our_name

/** `Name <a@b>` and `a@b` both. The name of the business takes the place of the one that is set. */
const addressIn = (from: string): string => /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from.trim()
