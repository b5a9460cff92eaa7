/** The frame of the console: navigation, search, who is here, and the page. */
import type { Child, Html } from '../../src/kit/html.ts'
import { Icon, Mark, type IconName } from '../ui/icon.tsx'
import { Notice } from '../ui/layout.tsx'
import { Document, type Assets } from './document.tsx'

export interface NavGroup {
  title: string
  links: { label: string; href: string; icon: IconName }[]
}

/** Said above every page. */
interface BannerProps {
  tone: 'warn' | 'bad'
  text: string
  action?: { label: string; path: string; posts?: true }
}

export interface ShellProps {
  title: string
  assets: Assets
  nav: readonly NavGroup[]
  /** Path of the page, to mark its link. */
  path: string
  user: { name: string; email: string }
  tenant:
    | {
        name: string
        environment: 'sandbox' | 'live'
        beside: { kind: 'sandbox' | 'branch'; name: string } | undefined
      }
    | undefined
  organization_id: string
  organizations: readonly { id: string; name: string }[]
  flash: string | undefined
  banners: readonly BannerProps[]
  csrf_token: string
  children?: Child
}

export const Shell = (props: ShellProps): Html => (
  <Document title={props.title} assets={props.assets}>
    <a class="skip" href="#main">
      Skip to the page
    </a>
    <div class="shell">
      <Side nav={props.nav} path={props.path} />
      <div>
        <Top {...props} />
        {props.banners.map((banner) => (
          <Banner {...banner} csrf_token={props.csrf_token} />
        ))}
        <main id="main" tabindex="-1">
          {props.flash && <Notice tone="good">{props.flash}</Notice>}
          {props.children}
        </main>
      </div>
    </div>
  </Document>
)

const Banner = ({
  tone,
  text,
  action,
  csrf_token,
}: BannerProps & Pick<ShellProps, 'csrf_token'>): Html => (
  <div class={`banner ${tone}`} role="status">
    <span>{text}</span>
    {action && !action.posts && (
      <a class="button" href={action.path}>
        {action.label}
      </a>
    )}
    {action?.posts && (
      <form method="post" action={action.path}>
        <input type="hidden" name="csrf_token" value={csrf_token} />
        <button class="button" type="submit">
          {action.label}
        </button>
      </form>
    )}
  </div>
)

const covers = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)

/** The link that leads nearest to the page: one that others begin with is not marked for them. */
const currentOf = ({ nav, path }: Pick<ShellProps, 'nav' | 'path'>): string | undefined =>
  nav
    .flatMap(({ links }) => links.flatMap(({ href }) => (covers(href, path) ? [href] : [])))
    .sort((a, b) => b.length - a.length)[0]

const Side = ({ nav, path }: Pick<ShellProps, 'nav' | 'path'>): Html => (
  <aside class="side">
    <div class="side-head">
      <a class="brand" href="/">
        <Mark />
        Stowage
      </a>
      <input type="checkbox" id="drawer" class="drawer-toggle visually-hidden" />
      <label for="drawer" class="drawer-button">
        <Icon name="menu" />
        Menu
      </label>
    </div>
    <nav aria-label="Main">
      {nav.map(({ title, links }) => [
        title && <h2>{title}</h2>,
        links.map(({ label, href, icon }) => (
          <a href={href} aria-current={href === currentOf({ nav, path }) ? 'page' : undefined}>
            <Icon name={icon} />
            {label}
          </a>
        )),
      ])}
    </nav>
  </aside>
)

/** Which of the family one is in must not be guessed from a name that somebody chose. */
const environmentOf = (beside: NonNullable<ShellProps['tenant']>['beside']): string =>
  beside ? `${beside.kind === 'branch' ? 'Branch' : 'Sandbox'} of ${beside.name}` : 'Sandbox'

const Top = ({ user, tenant, organization_id, organizations, csrf_token }: ShellProps): Html => (
  <div class="top">
    {tenant && (
      <form class="find" method="get" action="/find" role="search">
        <label class="visually-hidden" for="find">
          Find an item, order, shipment or tracking number
        </label>
        <input
          id="find"
          name="code"
          type="search"
          placeholder="Find by sku, barcode, order or tracking number"
          autocomplete="off"
        />
      </form>
    )}
    {tenant && <span class="whose">{tenant.name}</span>}
    {tenant?.environment === 'sandbox' && (
      <span class="environment">{environmentOf(tenant.beside)}</span>
    )}
    <details class="menu">
      <summary class="button quiet">
        <Icon name="user" />
        {user.name}
      </summary>
      <div class="stack">
        <p class="small">
          <strong>{tenant?.name ?? 'Platform'}</strong>
          <br />
          <span class="muted">{user.email}</span>
        </p>
        {organizations.length > 1 && (
          <form method="post" action="/organization" class="stack">
            <input type="hidden" name="csrf_token" value={csrf_token} />
            <label for="organization" class="small">
              Organization
            </label>
            <select id="organization" name="organization_id">
              {organizations.map(({ id, name }) => (
                <option value={id} selected={id === organization_id}>
                  {name}
                </option>
              ))}
            </select>
            <button class="button" type="submit">
              Switch
            </button>
          </form>
        )}
        <a class="button" href={tenant ? '/account' : '/platform/account'}>
          Your account
        </a>
        <form method="post" action="/sign-out">
          <input type="hidden" name="csrf_token" value={csrf_token} />
          <button class="button" type="submit">
            Sign out
          </button>
        </form>
      </div>
    </details>
  </div>
)
