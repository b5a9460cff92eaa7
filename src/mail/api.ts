/** What can be done with mail: looked through, opened, sent again, taken back. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { cancelMail, resendMail } from './change.ts'
import { openMail } from './open.ts'
import { getKept, getMail, listMails } from './read.ts'
import {
  KeptMails,
  Mail,
  MailFilter,
  OpenedMail,
  SendKept,
  SentKept,
  TestMail,
  TestResult,
} from './schema.ts'
import { sendKept, sendKeptEverywhere } from './send-kept.ts'
import { sendTestMail } from './send-test.ts'

/** The platform's own mail is looked after as that of a business is. */
const at_business = { level: 'organization', room: 'mails', path: 'mails' } as const
const at_platform = { level: 'platform', room: 'platform_mails', path: 'platform/mails' } as const
type Place = typeof at_business | typeof at_platform

const listing = ({ level, room, path }: Place) =>
  reading(
    {
      id: `${room}.list`,
      route: `GET /v1/${path}`,
      level,
      permission: 'mails.read',
      summary: 'List mails, without their text',
      query: MailFilter,
      reply: PageOf(Mail),
    },
    listMails,
  )

const getting = ({ level, room, path }: Place) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/:id`,
      level,
      permission: 'mails.read',
      summary: 'Get a mail, without its text',
      params: IdParam('mail'),
      reply: Mail,
    },
    getMail,
  )

const opening = ({ level, room, path }: Place) =>
  writing(
    {
      id: `${room}.open`,
      route: `POST /v1/${path}/:id/open`,
      level,
      permission: 'mails.open',
      summary: 'Read the text of a mail, to hand it over; that you did is noted',
      params: IdParam('mail'),
      reply: OpenedMail,
      subject: getMail,
      shown_once: true,
      problems: ['mail_emptied', 'exceeds_own_rights'],
    },
    openMail,
  )

const resending = ({ level, room, path }: Place) =>
  writing(
    {
      id: `${room}.resend`,
      route: `POST /v1/${path}/:id/resend`,
      level,
      permission: 'mails.write',
      summary: 'Send a mail again, at once',
      params: IdParam('mail'),
      reply: Mail,
      subject: getMail,
      match: 'optional',
      problems: ['mail_state', 'mail_emptied'],
    },
    resendMail,
  )

const cancelling = ({ level, room, path }: Place) =>
  writing(
    {
      id: `${room}.cancel`,
      route: `POST /v1/${path}/:id/cancel`,
      level,
      permission: 'mails.write',
      summary: 'Take a mail back before it leaves; its text is emptied',
      params: IdParam('mail'),
      reply: Mail,
      subject: getMail,
      match: 'optional',
      problems: ['mail_state'],
    },
    cancelMail,
  )

export const mailsList = listing(at_business)
export const mailsGet = getting(at_business)
export const mailsOpen = opening(at_business)
export const mailsResend = resending(at_business)
export const mailsCancel = cancelling(at_business)

export const platformMailsList = listing(at_platform)
export const platformMailsGet = getting(at_platform)
export const platformMailsOpen = opening(at_platform)
export const platformMailsResend = resending(at_platform)
export const platformMailsCancel = cancelling(at_platform)

const counting = ({ level, room, path }: Place) =>
  reading(
    {
      id: `${room}.kept`,
      route: `GET /v1/${path}/kept`,
      level,
      permission: 'mails.read',
      summary: 'How many mails are kept that could still be sent',
      reply: KeptMails,
    },
    getKept,
  )

export const mailsKept = counting(at_business)
export const platformMailsKept = counting(at_platform)

const sent_kept = {
  permission: 'mails.write',
  reply: SentKept,
  problems: ['mail_not_set_up' as const],
}

export const mailsSendKept = calling(
  {
    ...sent_kept,
    id: 'mails.send_kept',
    route: 'POST /v1/mails/send_kept',
    level: 'organization',
    summary: 'Send the mails that were kept while there was no mail server and are still good',
  },
  sendKept,
)

export const platformMailsSendKept = calling(
  {
    ...sent_kept,
    id: 'platform_mails.send_kept',
    route: 'POST /v1/platform/mails/send_kept',
    level: 'platform',
    summary: 'Send the mails of the platform that were kept, or of every business as well',
    body: SendKept,
    example: { body: { everywhere: true } },
  },
  sendKeptEverywhere,
)

export const platformMailsTest = calling(
  {
    id: 'platform_mails.test',
    route: 'POST /v1/platform/mails/test',
    level: 'platform',
    permission: 'mails.write',
    summary: 'Try the mail server with a mail, and hear what it says',
    body: TestMail,
    reply: TestResult,
    status: 201,
    problems: ['mail_not_set_up'],
    example: { body: { recipient: 'ada@operator.test' } },
  },
  sendTestMail,
)

export const api = [
  mailsList,
  mailsGet,
  mailsOpen,
  mailsResend,
  mailsCancel,
  platformMailsList,
  platformMailsGet,
  platformMailsOpen,
  platformMailsResend,
  platformMailsCancel,
  mailsKept,
  mailsSendKept,
  platformMailsKept,
  platformMailsSendKept,
  platformMailsTest,
]
