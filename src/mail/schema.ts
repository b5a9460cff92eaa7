/** Shapes of mails on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Email, Id, ListQuery, Nullable, OneOf } from '../operations/shapes.ts'
import { Timestamp, Version } from '../operations/shapes.ts'

export const mail_states = ['queued', 'sent', 'failed', 'kept', 'cancelled'] as const

export const Mail = Type.Object({
  id: Id('mail'),
  /** What it is about: `invitation`. */
  kind: Type.String(),
  recipient: Type.String(),
  subject: Type.String(),
  /** `kept`: no mail server is set, so a person reads it here and hands it over. */
  state: OneOf(mail_states),
  /** Whether its text is still there: it goes when it was sent, cancelled, or its time is over. */
  has_text: Type.Boolean(),
  attempt_count: Type.Integer(),
  next_at: Nullable(Timestamp),
  /** What the mail server said when it was last refused. */
  last_error: Type.String(),
  sent_at: Nullable(Timestamp),
  expires_at: Timestamp,
  version: Version,
  created_at: Timestamp,
})
export type Mail = Static<typeof Mail>

export const OpenedMail = Type.Object({
  ...Mail.properties,
  lines: Type.Array(Type.String()),
  /** The one thing to do; `path` stands behind the public address of this installation. */
  action: Nullable(Type.Object({ label: Type.String(), path: Type.String() })),
})
export type OpenedMail = Static<typeof OpenedMail>

export const MailFilter = ListQuery(
  {
    state: Type.Optional(OneOf(mail_states)),
    kind: Type.Optional(Type.String({ maxLength: 60 })),
    recipient: Type.Optional(
      Type.String({ maxLength: 254, description: 'The beginning of an address' }),
    ),
  },
  ['created_at'],
)
export type MailFilter = Static<typeof MailFilter>

export const SendKept = Closed({
  everywhere: Type.Optional(Type.Boolean({ description: 'Those of every business, too' })),
})
export type SendKept = Static<typeof SendKept>

export const SentKept = Type.Object({
  queued: Type.Integer({ description: 'How many are on their way now' }),
})
export type SentKept = Static<typeof SentKept>

/** How many wait for a person, of those that are still good. */
export const KeptMails = Type.Object({
  count: Type.Integer({ description: 'Counted up to 1,000' }),
})
export type KeptMails = Static<typeof KeptMails>

export const TestMail = Closed({ recipient: Email })
export type TestMail = Static<typeof TestMail>

/** How a test went: the answer is an answer, whatever the mail server thought of it. */
export const TestResult = Type.Object({
  mail: Mail,
  arrived: Type.Boolean({ description: 'The mail server took it' }),
  words: Type.String({ description: 'What the mail server said' }),
})
export type TestResult = Static<typeof TestResult>
