/** The console's pages for mail, of a business and of the platform. */
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type Page,
  type RoomPages,
  type Submission,
} from '../operations/page.ts'
import { mailsView } from '../../views/mail/mails.tsx'
import { mailView, openedView } from '../../views/mail/mail.tsx'
import {
  mailsCancel,
  mailsGet,
  mailsKept,
  mailsList,
  mailsOpen,
  mailsResend,
  mailsSendKept,
  platformMailsCancel,
  platformMailsGet,
  platformMailsKept,
  platformMailsList,
  platformMailsOpen,
  platformMailsResend,
  platformMailsSendKept,
  platformMailsTest,
} from './api.ts'

interface Outbox {
  path: string
  group: 'People' | 'Machine'
  list: typeof mailsList
  get: typeof mailsGet
  open: typeof mailsOpen
  resend: typeof mailsResend
  cancel: typeof mailsCancel
  kept: typeof mailsKept
}

const byId = (_fields: Fields, { id }: Record<string, string>) => ({ id })

function listPage({ path, group, list, kept }: Outbox): Page {
  const platform = group === 'Machine'
  return page({
    route: `GET /${path}`,
    title: 'Mail',
    nav: {
      group,
      label: 'Mail',
      icon: 'mail',
      permission: 'mails.read',
      ...(platform && { level: 'platform' as const }),
    },
    show: (visit) =>
      mailsView({
        path: `/${path}`,
        url: visit.problem ? new URL(`/${path}`, visit.url) : visit.url,
        state: formState(visit),
        is_set_up: visit.services.mail !== undefined,
        tester: platform && visit.may('mails.write') ? visit.visitor.user.email : undefined,
        platform,
        kept: visit.may('mails.write') ? visit.ask(kept, {}).count : undefined,
        mails: visit.ask(list, visit.problem ? {} : visit.query(list)),
      }),
  })
}

function outboxPages(outbox: Outbox): RoomPages & { pages: readonly [Page, Page] } {
  const { path, get, open, resend, cancel } = outbox
  const one = page({
    route: `GET /${path}/:id`,
    title: 'Mail',
    show: (visit) =>
      mailView({
        path: `/${path}`,
        mail: visit.ask(get, { id: visit.params.id ?? '' }),
        state: formState(visit),
        is_set_up: visit.services.mail !== undefined,
        may_open: visit.may('mails.open'),
        may_write: visit.may('mails.write'),
      }),
  })
  const to = (id: string) => `/${path}/${id}`
  const step = (name: string, submit: Submission) =>
    form({ route: `POST /${path}/:id/${name}`, again: one, submit })
  return {
    pages: [listPage(outbox), one],
    forms: [
      step(
        'open',
        submission(open, byId, (mail, visit) => ({
          title: 'Mail',
          show: openedView({ path: `/${path}`, mail, public_url: visit.services.public_url }),
        })),
      ),
      step(
        'resend',
        submission(resend, byId, ({ id }) => ({ to: to(id), say: 'It is on its way.' })),
      ),
      step(
        'cancel',
        submission(cancel, byId, ({ id }) => ({ to: to(id), say: 'It is taken back.' })),
      ),
    ],
  }
}

const of_business = outboxPages({
  path: 'settings/mail',
  group: 'People',
  list: mailsList,
  get: mailsGet,
  open: mailsOpen,
  resend: mailsResend,
  cancel: mailsCancel,
  kept: mailsKept,
})

const of_platform = outboxPages({
  path: 'platform/mail',
  group: 'Machine',
  list: platformMailsList,
  get: platformMailsGet,
  open: platformMailsOpen,
  resend: platformMailsResend,
  cancel: platformMailsCancel,
  kept: platformMailsKept,
})

const test = form({
  route: 'POST /platform/mail/test',
  again: of_platform.pages[0],
  submit: submission(
    platformMailsTest,
    (fields) => ({ recipient: given(fields, 'recipient') ?? '' }),
    ({ mail, arrived, words }) => ({
      to: `/platform/mail/${mail.id}`,
      say: arrived ? `The mail server took it: ${words}` : `It did not leave: ${words}`,
    }),
  ),
})

const onTheirWay = (path: string) => (reply: { queued: number }) => ({
  to: path,
  say: reply.queued === 1 ? 'One mail is on its way.' : `${reply.queued} mails are on their way.`,
})

const send_kept = [
  form({
    route: 'POST /settings/mail/send-kept',
    again: of_business.pages[0],
    submit: submission(mailsSendKept, () => ({}), onTheirWay('/settings/mail')),
  }),
  form({
    route: 'POST /platform/mail/send-kept',
    again: of_platform.pages[0],
    submit: submission(
      platformMailsSendKept,
      (fields) => ({ everywhere: fields.get('everywhere') === 'true' }),
      onTheirWay('/platform/mail'),
    ),
  }),
]

export const pages: RoomPages = {
  pages: [...of_business.pages, ...of_platform.pages],
  forms: [test, ...send_kept, ...of_business.forms, ...of_platform.forms],
}
