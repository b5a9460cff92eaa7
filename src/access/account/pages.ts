/** The console's page for what is one's own: in a business, and among the operator's staff. */
import { invalid } from '../../kit/problem.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type RoomPages,
  type Visit,
} from '../../operations/page.ts'
import { accountView } from '../../../views/access/account.tsx'
import { listUrl } from '../list-url.ts'
import {
  accountSessionsEnd,
  accountSessionsEndOthers,
  accountSessionsList,
  platformAccountSessionsEnd,
  platformAccountSessionsEndOthers,
  platformAccountSessionsList,
} from '../own-sessions/api.ts'
import { member_factor, staff_factor } from '../second-factor/api.ts'
import {
  accountChangePassword,
  accountGet,
  accountLeave,
  accountUpdate,
  platformAccountChangePassword,
  platformAccountGet,
  platformAccountLeave,
  platformAccountUpdate,
} from './api.ts'

/** Both have the same page over their own operations. */
interface AccountDesk {
  path: `/${string}`
  get: typeof accountGet
  update: typeof accountUpdate
  change_password: typeof accountChangePassword
  leave: typeof accountLeave
  factor: typeof member_factor.get
  sessions: typeof accountSessionsList
  end: typeof accountSessionsEnd
  end_others: typeof accountSessionsEndOthers
}

function accountDesk(desk: AccountDesk): RoomPages {
  const { path } = desk
  const show = page({
    route: `GET ${path}`,
    title: 'Your account',
    show: (visit) =>
      accountView({
        path,
        url: listUrl(visit, path),
        state: formState(visit),
        account: visit.ask(desk.get, {}),
        place: placeOf(visit),
        second_factor: visit.ask(desk.factor, {}).is_on,
        sessions: visit.ask(desk.sessions, visit.query(desk.sessions)),
      }),
  })
  return {
    pages: [show],
    forms: [
      form({
        route: `POST ${path}`,
        again: show,
        submit: submission(
          desk.update,
          (fields) => ({ name: given(fields, 'name') ?? '' }),
          ({ name }) => ({ to: path, say: `Others see you as ${name} now.` }),
        ),
      }),
      form({
        route: `POST ${path}/password`,
        again: show,
        submit: submission(desk.change_password, readPasswords, () => ({
          to: path,
          say: 'Your password is changed, and you are signed out everywhere else.',
        })),
      }),
      form({
        route: `POST ${path}/sessions/end_others`,
        again: show,
        submit: submission(
          desk.end_others,
          () => ({}),
          () => ({ to: path, say: 'You are signed out everywhere else.' }),
        ),
      }),
      form({
        route: `POST ${path}/sessions/:id/end`,
        again: show,
        submit: submission(
          desk.end,
          (_, { id }) => ({ id }),
          ({ device }) => ({ to: path, say: `You are signed out on ${device}.` }),
        ),
      }),
      form({
        route: `POST ${path}/leave`,
        again: show,
        submit: submission(
          desk.leave,
          () => ({}),
          (_, visit) => ({ to: '/sign-in', say: `You have left ${placeOf(visit)}.` }),
        ),
      }),
    ],
  }
}

function placeOf({ visitor }: Visit): string {
  const { organizations, principal, tenant } = visitor
  const here = organizations.find(({ id }) => id === principal.organization_id)
  return here?.name ?? tenant?.name ?? 'the staff'
}

function readPasswords(fields: Fields): { current_password: string; password: string } {
  const password = fields.get('password') ?? ''
  if (password !== fields.get('password_again')) {
    throw invalid('/password_again', 'The two passwords differ.')
  }
  return { current_password: fields.get('current_password') ?? '', password }
}

export const account_pages = [
  accountDesk({
    path: '/account',
    get: accountGet,
    update: accountUpdate,
    change_password: accountChangePassword,
    leave: accountLeave,
    factor: member_factor.get,
    sessions: accountSessionsList,
    end: accountSessionsEnd,
    end_others: accountSessionsEndOthers,
  }),
  accountDesk({
    path: '/platform/account',
    get: platformAccountGet,
    update: platformAccountUpdate,
    change_password: platformAccountChangePassword,
    leave: platformAccountLeave,
    factor: staff_factor.get,
    sessions: platformAccountSessionsList,
    end: platformAccountSessionsEnd,
    end_others: platformAccountSessionsEndOthers,
  }),
]
