/** The console's pages on which a person is forgotten: a member of the business, or of the staff. */
import { membersGet, staffGet } from '../access/members/api.ts'
import { form, formState, page, submission, type RoomPages } from '../operations/page.ts'
import { eraseView } from '../../views/audit/erase.tsx'
import { membersErase, staffErase } from './api.ts'

interface Desk {
  path: string
  title: string
  get: typeof membersGet
  erase: typeof membersErase
}

function erasePages({ path, title, get, erase }: Desk): RoomPages {
  const ask = page({
    route: `GET ${path as '/'}/:id/erase`,
    title: 'Forget a person',
    show: (visit) =>
      eraseView({
        path,
        title,
        person: visit.ask(get, { id: visit.params.id ?? '' }),
        state: formState(visit),
      }),
  })
  const done = form({
    route: `POST ${path as '/'}/:id/erase`,
    again: ask,
    submit: submission(
      erase,
      (_fields, { id }) => ({ id }),
      ({ pseudonym, entries_forgotten }) => ({
        to: path,
        say: `The person is forgotten, and is ${pseudonym} from now on; ${entries_forgotten} entries of the trail lost their details.`,
      }),
    ),
  })
  return { pages: [ask], forms: [done] }
}

const members = erasePages({
  path: '/settings/members',
  title: 'Team',
  get: membersGet,
  erase: membersErase,
})

const staff = erasePages({
  path: '/platform/staff',
  title: 'Staff',
  get: staffGet,
  erase: staffErase,
})

export const erase_pages: RoomPages = {
  pages: [...members.pages, ...staff.pages],
  forms: [...members.forms, ...staff.forms],
}
