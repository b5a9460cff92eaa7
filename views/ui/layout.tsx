/** The parts of a page: its head, cards, facts, notices, empty states, timelines, steps. */
import type { Child, Html } from '../../src/kit/html.ts'
import { Icon, type IconName } from './icon.tsx'
import { sentence } from './status.tsx'
import { When } from './text.tsx'

interface PageHeadProps {
  title: Child
  sub?: Child
  /** The way back, `[['Items', '/items']]`. */
  crumbs?: readonly (readonly [label: string, href: string])[]
  /** Buttons. */
  children?: Child
}

export const PageHead = ({ title, sub, crumbs, children }: PageHeadProps): Html => (
  <div class="page-head">
    <div>
      {crumbs && (
        <nav class="crumbs" aria-label="Breadcrumb">
          {crumbs.map(([label, href]) => [<a href={href}>{label}</a>, ' / '])}
        </nav>
      )}
      <h1>{title}</h1>
      {sub && <p class="sub">{sub}</p>}
    </div>
    {children && <div class="actions">{children}</div>}
  </div>
)

interface CardProps {
  title?: Child
  actions?: Child
  /** No padding: a table reaches the edges. */
  flush?: boolean
  children?: Child
}

export const Card = ({ title, actions, flush, children }: CardProps): Html => (
  <section class={flush ? 'card flush' : 'card'}>
    {(title || actions) && (
      <header>
        <h2>{title}</h2>
        {actions && <div class="actions">{actions}</div>}
      </header>
    )}
    {children}
  </section>
)

/** Name and value, one below the other. */
export const Facts = ({ of }: { of: readonly (readonly [name: string, value: Child])[] }): Html => (
  <dl class="facts">{of.map(([name, value]) => [<dt>{name}</dt>, <dd>{value}</dd>])}</dl>
)

/** An empty list teaches what comes here and how. */
export const Empty = ({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName
  title: string
  children?: Child
  action?: Child
}): Html => (
  <div class="empty">
    <Icon name={icon} />
    <h3>{title}</h3>
    <p>{children}</p>
    {action}
  </div>
)

export const Notice = ({
  tone = 'info',
  children,
}: {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  children?: Child
}): Html => (
  <div class={`notice ${tone}`} role={tone === 'bad' ? 'alert' : 'status'}>
    {children}
  </div>
)

export const Stats = ({ children }: { children?: Child }): Html => (
  <div class="stats">{children}</div>
)

/** One number that matters; with `href` it leads to what it counts. */
export function Stat({
  label,
  value,
  note,
  href,
}: {
  label: string
  value: Child
  note?: Child
  href?: string
}): Html {
  const inside = (
    <>
      <div class="stat-label">{label}</div>
      <div class="stat-value">{value}</div>
      {note && <div class="stat-note">{note}</div>}
    </>
  )
  return href ? (
    <a class="stat" href={href}>
      {inside}
    </a>
  ) : (
    <div class="stat">{inside}</div>
  )
}

export interface Happening {
  at: string | null
  title: Child
  detail?: Child
}

/** What happened, newest first. */
export const Timeline = ({ of }: { of: readonly Happening[] }): Html => (
  <ol class="timeline">
    {of.map(({ at, title, detail }) => (
      <li>
        <div>{title}</div>
        {detail && <div class="small muted">{detail}</div>}
        <When at={at} />
      </li>
    ))}
  </ol>
)

/** Where a document stands on its way; a state beside the way shows the way undone. */
export const Steps = ({ steps, current }: { steps: readonly string[]; current: string }): Html => {
  const at = steps.indexOf(current)
  return (
    <ol class="steps">
      {steps.map((step, index) => (
        <li class={index < at && 'done'} aria-current={index === at ? 'step' : undefined}>
          {sentence(step)}
        </li>
      ))}
    </ol>
  )
}

export const Tabs = ({
  tabs,
  current,
}: {
  tabs: readonly (readonly [label: string, href: string])[]
  current: string
}): Html => (
  <nav class="tabs">
    {tabs.map(([label, href]) => (
      <a href={href} aria-current={href === current ? 'page' : undefined}>
        {label}
      </a>
    ))}
  </nav>
)
