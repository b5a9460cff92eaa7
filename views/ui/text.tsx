/** Values as people read them: money, quantities, times, ids, code. */
import type { Child, Html } from '../../src/kit/html.ts'
import { formatMoney, type Money as MoneyValue } from '../../src/kit/money.ts'

export const Money = ({ value }: { value: MoneyValue | null | undefined }): Html =>
  value ? <span class="nowrap">{formatMoney(value)}</span> : <span class="muted none">—</span>

/** `12 each`: the unit is left out where the column says it. */
export const Quantity = ({ value, unit }: { value: string | number; unit?: string }): Html => (
  <span class="nowrap">
    {value}
    {unit && <span class="muted"> {unit}</span>}
  </span>
)

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `2026-11-21` → `21 Nov 2026` */
export function dayText(day: string): string {
  const [year, month, date] = day.split('-')
  return `${Number(date)} ${months[Number(month) - 1] ?? ''} ${year}`
}

/** `21 Nov 2026, 09:30`, in UTC; the exact time is in the element. */
export function When({
  at,
  date_only,
}: {
  at: string | null | undefined
  date_only?: boolean
}): Html {
  if (!at) return <span class="muted none">—</span>
  const [day = '', clock = ''] = at.split('T')
  const text = dayText(day)
  return (
    <time datetime={at} title={at} class="nowrap">
      {date_only || !clock ? text : `${text}, ${clock.slice(0, 5)}`}
    </time>
  )
}

export const Id = ({ value }: { value: string }): Html => <code class="mono small">{value}</code>

/** Grams as people weigh them: `850 g`, `1.2 kg`. */
export const Weight = ({ g }: { g: number | null | undefined }): Html =>
  g ? (
    <span class="nowrap">{g < 1_000 ? `${g} g` : `${Number((g / 1_000).toFixed(3))} kg`}</span>
  ) : (
    <span class="muted">no weight</span>
  )

interface Box {
  length_mm?: number | null | undefined
  width_mm?: number | null | undefined
  height_mm?: number | null | undefined
}

/** `300 × 200 × 150 mm`; a box that nobody measured says so. */
export const Dimensions = ({ of: { length_mm, width_mm, height_mm } }: { of: Box }): Html =>
  length_mm && width_mm && height_mm ? (
    <span class="nowrap">
      {length_mm} × {width_mm} × {height_mm} mm
    </span>
  ) : (
    <span class="muted">no size</span>
  )

/** An absent value shows as a dash, never as nothing. */
export const Text = ({ value }: { value: string | number | null | undefined }): Html =>
  value === null || value === undefined || value === '' ? (
    <span class="muted none">—</span>
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
  if (!address) return <span class="muted none">—</span>
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
