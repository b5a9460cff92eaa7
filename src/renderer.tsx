/** Draws whole documents: the navigation from what the rooms declare, the frame from the views. */
import type { Problem } from './kit/problem.ts'
import { assetUrl, stylesheets } from './operations/assets.ts'
import type { Frame, Renderer } from './operations/html-door.ts'
import type { Level } from './operations/operation.ts'
import type { RoomPages, Visit } from './operations/page.ts'
import type { Banner, Visitor } from './operations/principal.ts'
import type { Assets } from '../views/layout/document.tsx'
import { Public } from '../views/layout/public.tsx'
import { Shell, type NavGroup } from '../views/layout/shell.tsx'
import { isIcon } from '../views/ui/icon.tsx'
import { Trouble } from '../views/layout/trouble.tsx'

/** The groups of the navigation in their order; rooms say which of them a page belongs to. */
const groups = [
  '',
  'Stock',
  'Buying',
  'Selling',
  'Shipping',
  'Developers',
  'Business',
  'Businesses',
  'Offer',
  'People',
  'Machine',
]

/** Rooms stand from the ground up; people look for what they do most. What is not named comes last. */
const first = [
  ...['/stock', '/items', '/locations', '/transfers', '/counts', '/ledger'],
  ...['/settings/tokens', '/webhooks', '/events', '/jobs'],
  ...['/set-up', '/settings/business', '/settings/organizations', '/settings/plan'],
  ...['/settings/usage', '/settings/domains', '/settings/siblings', '/settings/archives'],
  ...['/platform', '/platform/tenants', '/platform/requirements', '/platform/sign_ups'],
  ...['/platform/domains'],
  ...['/platform/plans', '/platform/features', '/platform/usage', '/platform/carriers'],
  ...['/platform/health', '/platform/mail', '/platform/schedules', '/platform/tokens'],
]
const rank = (href: string): number => (first.includes(href) ? first.indexOf(href) : first.length)

const assets = (): Assets => ({
  styles: stylesheets(),
  scripts: [assetUrl('htmx.js'), assetUrl('console.js')],
  icon: assetUrl('icon.svg'),
})

/** Pages of the platform are for its staff; those of the whole business for who leads it. */
const stands = (page_level: 'platform' | 'tenant' | undefined, level: Level): boolean =>
  page_level === undefined ? level !== 'platform' : page_level === level

/** Why the whole business can only be read, or what is refused because something is past due. */
function lifeBanners({ principal }: Visitor): Banner[] {
  const { level, read_only, terms, actor } = principal
  const action = level === 'tenant' && { label: 'Your business', path: '/settings/business' }
  const past_due = Object.values(terms?.refusals ?? {}).flatMap(({ decided_by, reason }) =>
    decided_by === 'requirement' ? [reason] : [],
  )
  const texts = [...new Set(past_due)]
  // Who only looks through somebody's eyes is told so by a banner of his own.
  if (read_only && !actor.impersonator) texts.unshift(read_only)
  return texts.map((text) => ({ tone: 'warn', text, ...(action && { action }) }))
}

export function openRenderer(pages: readonly RoomPages[]): Renderer {
  const listed = pages.flatMap((room) => room.pages).filter((page) => page.nav)
  const navFor = (visit: Visit): NavGroup[] => {
    const { level } = visit.visitor.principal
    const open = listed.filter(({ nav }) => stands(nav!.level, level) && visit.may(nav!.permission))
    return groups.flatMap((title) => {
      const links = open
        .filter(({ nav }) => nav!.group === title)
        .map(({ nav, route }) => ({
          label: nav!.label,
          href: route.slice('GET '.length),
          icon: isIcon(nav!.icon) ? nav!.icon : ('list' as const),
        }))
        .sort((a, b) => rank(a.href) - rank(b.href))
      return links.length > 0 ? [{ title, links }] : []
    })
  }
  const inShell = (visit: Visit, title: string, flash: string | undefined, main: unknown) => {
    const { user, tenant, organizations, csrf_token, banners } = visit.visitor
    return (
      <Shell
        title={title}
        assets={assets()}
        nav={navFor(visit)}
        path={visit.url.pathname}
        user={user}
        tenant={tenant}
        organization_id={visit.scope.organization_id}
        organizations={organizations}
        flash={flash}
        banners={[...banners, ...lifeBanners(visit.visitor)]}
        csrf_token={csrf_token}
      >
        {main as never}
      </Shell>
    )
  }
  return {
    document: ({ title, visit, flash }: Frame, main) => inShell(visit, title, flash, main),
    entrance: ({ title, wide }, main) => (
      <Public title={title} assets={assets()} {...(wide && { wide })}>
        {main}
      </Public>
    ),
    failure: (problem: Problem, visit) => {
      const main = <Trouble problem={problem} />
      if (visit) return inShell(visit, problem.title, undefined, main)
      return (
        <Public title={problem.title} assets={assets()}>
          {main}
        </Public>
      )
    },
  }
}
