/** Amounts of use as people read them, and how full a quota is. */
import type { Html } from '../../src/kit/html.ts'
import { meters, type Meter } from '../../src/kit/terms.ts'

const labels: Record<Meter, string> = {
  api_calls: 'API calls',
  shipments: 'Shipments',
  labels: 'Labels',
  webhooks: 'Webhooks',
  jobs: 'Jobs',
  bandwidth_bytes: 'Bandwidth',
  storage_bytes: 'Storage',
  seats: 'Seats',
}

export const meterLabel = (meter: Meter): string => labels[meter]

export const meter_choices = Object.entries(labels)

const sizes = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** `1,234`, or `5.6 MB`. */
export function amount(meter: Meter, value: number): string {
  if (meters[meter].unit !== 'bytes') return value.toLocaleString('en-US')
  const power = sizeOf(Math.abs(value))
  const shown = value / 1_000 ** power
  return `${shown.toLocaleString('en-US', { maximumFractionDigits: 1 })} ${sizes[power]}`
}

const sizeOf = (bytes: number): number =>
  Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))

/** One size for all values of a picture, so that they can be compared, and the words for it. */
export function scaleOf(meter: Meter, values: readonly number[]): { by: number; words: string } {
  if (meters[meter].unit !== 'bytes') return { by: 1, words: '' }
  const power = sizeOf(Math.max(0, ...values))
  return { by: 1_000 ** power, words: `, in ${sizes[power]}` }
}

const toneOf = (percent: number): string =>
  percent >= 100 ? 'bad' : percent >= 80 ? 'warn' : 'good'

/** How much of what is included is used; the words beside it say the same. */
export const ShareBar = ({ percent }: { percent: number }): Html => (
  <span class="share">
    <svg class={`share-bar ${toneOf(percent)}`} viewBox="0 0 100 6" preserveAspectRatio="none">
      <rect class="all" width="100" height="6" />
      <rect class="used" width={Math.min(100, percent)} height="6" />
    </svg>
    <span class="nowrap small">{percent.toLocaleString('en-US')} %</span>
  </span>
)
