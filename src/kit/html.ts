/**
 * JSX that renders to text and escapes by default. A component is a function of its props;
 * `raw()` is the one way to pass markup through, and it is for markup we made ourselves.
 */

export class Html {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

export type Child = Html | string | number | bigint | boolean | null | undefined | Child[]
type Component = (props: never) => Html

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (c) => escapes[c]!)

/** Markup that is already safe: an SVG or fragment that our own code produced. */
export const raw = (text: string): Html => new Html(text)

const void_elements = new Set(
  'area base br col embed hr img input link meta source track wbr'.split(' '),
)

function renderChild(child: Child): string {
  if (child === null || child === undefined || typeof child === 'boolean') return ''
  if (child instanceof Html) return child.text
  if (Array.isArray(child)) return child.map(renderChild).join('')
  return escapeHtml(String(child))
}

function renderAttribute(name: string, value: unknown): string {
  if (value === false || value === null || value === undefined) return ''
  if (value === true) return ` ${name}`
  return ` ${name}="${escapeHtml(String(value))}"`
}

export function jsx(tag: string | Component, props: Record<string, unknown>): Html {
  if (typeof tag === 'function') return tag(props as never)
  let attributes = ''
  for (const name in props) {
    if (name !== 'children') attributes += renderAttribute(name, props[name])
  }
  if (void_elements.has(tag)) return new Html(`<${tag}${attributes}>`)
  return new Html(`<${tag}${attributes}>${renderChild(props.children as Child)}</${tag}>`)
}

export const jsxs = jsx
/** The development transform passes a key and source positions after the props; none is needed. */
export const jsxDEV = jsx
export const Fragment = ({ children }: { children?: Child }): Html =>
  new Html(renderChild(children))

// Attributes are HTML's own and are not checked one by one: a typo shows on the page.
// eslint-disable-next-line @typescript-eslint/no-namespace
export namespace JSX {
  export type Element = Html
  export type ElementType = string | ((props: never) => Html)
  export interface ElementChildrenAttribute {
    children: unknown
  }
  export interface IntrinsicElements {
    [tag: string]: Record<string, unknown>
  }
}
