/** Lists: a table that becomes cards on a phone, its filters, and the way to the next page. */
import type { Child, Html } from '../../src/kit/html.ts'
import { LinkButton } from './form.tsx'

export interface Column<Row> {
  title: string
  cell: (row: Row) => Child
  end?: boolean
  /** The name of the sort this column's head offers. */
  sort?: string
}

interface TableProps<Row> {
  rows: readonly Row[]
  columns: readonly Column<Row>[]
  caption?: string
  /** Shown instead of an empty table. */
  empty: Html
  /** The address the list was asked with: heads link to other sorts of the same list. */
  url?: URL
}

export function Table<Row>({ rows, columns, caption, empty, url }: TableProps<Row>): Html {
  if (rows.length === 0) return empty
  return (
    <div class="table-wrap">
      <table class="list">
        {caption && <caption>{caption}</caption>}
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.end && 'end'}>
                <Head column={column} url={url} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>
              {columns.map((column) => (
                <td class={column.end && 'end'} data-label={column.title}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Head<Row>({ column, url }: { column: Column<Row>; url: URL | undefined }): Html {
  const { title, sort } = column
  if (!sort || !url) return <>{title}</>
  const current = url.searchParams.get('sort')
  const next = current === sort ? `-${sort}` : sort
  const mark = current === sort ? ' ↑' : current === `-${sort}` ? ' ↓' : ''
  return (
    <a href={withQuery(url, { sort: next, cursor: undefined })}>
      {title}
      {mark}
    </a>
  )
}

/** The same page with some of its query changed. */
export function withQuery(url: URL, changes: Record<string, string | undefined>): string {
  const query = new URLSearchParams(url.searchParams)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text ? `${url.pathname}?${text}` : url.pathname
}

/** Key-set pages go forward; the first page is always one step away. */
export function Pager({
  page,
  url,
}: {
  page: { data: readonly unknown[]; next_cursor: string | null }
  url: URL
}): Html {
  const behind = url.searchParams.has('cursor')
  if (!behind && !page.next_cursor) return <></>
  return (
    <nav class="pager" aria-label="Pages">
      <span>{behind && <a href={withQuery(url, { cursor: undefined })}>First page</a>}</span>
      <span>{page.data.length} shown</span>
      <span>
        {page.next_cursor && (
          <a href={withQuery(url, { cursor: page.next_cursor })} rel="next">
            Next page
          </a>
        )}
      </span>
    </nav>
  )
}

interface Filter {
  name: string
  label: string
  choices?: readonly (readonly [value: string, label: string])[]
  /** What no choice means; `Any` unless told. */
  any?: string
  placeholder?: string
  type?: 'search' | 'date'
}

/** A GET form: the filters are in the address, so that a view can be kept and shared. */
export const Filters = ({
  url,
  filters,
  kept = [],
}: {
  url: URL
  filters: readonly Filter[]
  /** What is chosen elsewhere on the page, and stays as it is. */
  kept?: readonly string[]
}): Html => (
  <form method="get" action={url.pathname} class="filters" role="search">
    {kept.map((name) => {
      const value = url.searchParams.get(name)
      return value && <input type="hidden" name={name} value={value} />
    })}
    {filters.map(({ name, label, choices, any = 'Any', placeholder, type = 'search' }) => (
      <div class={choices ? 'field' : 'field grow'}>
        <label for={`filter-${name}`}>{label}</label>
        {choices ? (
          <select id={`filter-${name}`} name={name}>
            <option value="">{any}</option>
            {choices.map(([value, words]) => (
              <option value={value} selected={url.searchParams.get(name) === value}>
                {words}
              </option>
            ))}
          </select>
        ) : (
          <input
            id={`filter-${name}`}
            name={name}
            type={type}
            value={url.searchParams.get(name) ?? ''}
            placeholder={placeholder}
          />
        )}
      </div>
    ))}
    <button class="button" type="submit">
      Show
    </button>
    {url.search && (
      <LinkButton kind="quiet" href={url.pathname}>
        Clear
      </LinkButton>
    )}
  </form>
)
