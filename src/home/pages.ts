/** The first page, and the search in the head of every page. */
import { page, type RoomPages } from '../operations/page.ts'
import { FindPage } from '../../views/home/find.tsx'
import { HomePage } from '../../views/home/home.tsx'
import { pageOf } from '../../views/ui/reference.tsx'
import { homeFind, homeGet } from './api.ts'
import { pages as founding } from './founding/pages.ts'
import { setUpGet } from './set-up/api.ts'
import { pages as setUp } from './set-up/pages.ts'
import { pages as signUp } from './sign-up/pages.ts'

const home = page({
  route: 'GET /',
  title: 'Home',
  nav: { group: '', label: 'Home', icon: 'home', permission: 'home.read' },
  show: (visit) => {
    const { tenant, user } = visit.visitor
    if (!tenant) return { to: '/platform/tenants' }
    const [name = user.name] = user.name.split(' ')
    const set_up = visit.ask(setUpGet, {})
    return HomePage({ home: visit.ask(homeGet, {}), set_up, name, business: tenant.name })
  },
})

const find = page({
  route: 'GET /find',
  title: 'Find',
  show: (visit) => {
    const code = (visit.url.searchParams.get('code') ?? '').trim().slice(0, 100)
    if (!code) return FindPage({ code, found: { exact: false, matches: [] } })
    const found = visit.ask(homeFind, { code })
    const [first] = found.matches
    const to = found.exact && first && pageOf(first.id, first.type)
    return to ? { to } : FindPage({ code, found })
  },
})

export const pages: RoomPages = {
  pages: [home, find, ...founding.pages, ...setUp.pages, ...signUp.pages],
  forms: [...founding.forms, ...setUp.forms, ...signUp.forms],
  entrances: signUp.entrances ?? [],
}
