/** Values as people read them: money, quantities, times, ids, code. */
import type { Child, Html } from '../../src/kit/html.ts'
import { formatMoney, type Money as MoneyValue } from '../../src/kit/money.ts'

export const Money = ({ value }: { value: MoneyValue | null | undefined }): Html =>
  value ? <span class="nowrap">{formatMoney(value)}</span> : <span class="muted">—</span>

/** `12 each`: the unit is left out where the column says it. */
export const Quantity = ({ value, unit }: { value: string | number; unit?: string }): Html => (
  <span class="nowrap">
    {value}
    {unit && <span class="muted"> {unit}</span>}
  </span>
)

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `21 Nov 2026, 09:30`, in UTC; the exact time is in the element. */
export function When({
  at,
  date_only,
}: {
  at: string | null | undefined
  date_only?: boolean
}): Html {
  if (!at) return <span class="muted">—</span>
  const [day, clock = ''] = at.split('T')
  const [year, month, date] = day!.split('-')
  const text = `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`
  return (
    <time datetime={at} title={at} class="nowrap">
      {date_only || !clock ? text : `${text}, ${clock.slice(0, 5)}`}
    </time>
  )
}

export const Id = ({ value }: { value: string }): Html => <code class="mono small">{value}</code>

/** An absent value shows as a dash, never as nothing. */
export const Text = ({ value }: { value: string | number | null | undefined }): Html =>
  value === null || value === undefined || value === '' ? (
    <span class="muted">—</span>
  ) : (
    <>{value}</>
  )

export const Code = ({ children }: { children?: Child }): Html => (
  <pre class="code">
    <code>{children}</code>
  </pre>
)

export const Json = ({ value }: { value: unknown }): Html => (
  <Code>{JSON.stringify(value, null, 2)}</Code>
)

/** The lines of an address, as on an envelope. */
export const AddressLines = ({ address }: { address: Record<string, unknown> | null }): Html => {
  if (!address) return <span class="muted">—</span>
  const text = (name: string) =>
    typeof address[name] === 'string' ? (address[name] as string) : ''
  const place = [text('city'), text('state_code'), text('postal_code')].filter(Boolean).join(', ')
  const lines = [
    text('company_name'),
    text('person_name'),
    text('address_line1'),
    text('address_line2'),
    place,
    text('country_code'),
  ].filter(Boolean)
  return <address>{lines.map((line, index) => [index > 0 && <br />, line])}</address>
}
