/** The first page, and the search in the head of every page. */
import { page } from '../operations/page.ts'
import { FindPage } from '../../views/home/find.tsx'
import { HomePage } from '../../views/home/home.tsx'
import { pageOf } from '../../views/ui/reference.tsx'
import { homeFind, homeGet } from './api.ts'

const home = page({
  route: 'GET /',
  title: 'Home',
  nav: { group: '', label: 'Home', icon: 'home', permission: 'home.read' },
  show: (visit) => {
    const { tenant, user } = visit.visitor
    if (!tenant) return { to: '/platform/tenants' }
    const [name = user.name] = user.name.split(' ')
    return HomePage({ home: visit.ask(homeGet, {}), name, business: tenant.name })
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

export const pages = { pages: [home, find], forms: [] }
