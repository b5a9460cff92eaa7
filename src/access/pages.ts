/** The console's pages for tokens, people, roles and what is one's own, gathered from the folders. */
import type { RoomPages } from '../operations/page.ts'
import { account_pages } from './account/pages.ts'
import { entrances } from './entrances.ts'
import { invitation_pages } from './invitations/pages.ts'
import { people_pages } from './members/pages.ts'
import { support_pages } from './impersonation/pages.ts'
import { factor_pages } from './second-factor/pages.ts'
import { security_pages } from './security/pages.ts'
import { token_pages } from './tokens/pages.ts'

const desks: RoomPages[] = [
  ...token_pages,
  ...people_pages,
  ...invitation_pages,
  ...account_pages,
  ...factor_pages,
  ...security_pages,
  support_pages,
]

export const pages: RoomPages = {
  pages: desks.flatMap((desk) => desk.pages),
  forms: desks.flatMap((desk) => desk.forms),
  entrances,
}
