/** Pictures drawn on the server: bars over time, a line, and the way of goods through the house. */
import type { Html } from '../../src/kit/html.ts'

export interface Bar {
  label: string
  value: number
}

const width = 720

/** One bar per label. The picture has a title for those who do not see it. */
export function BarChart({
  bars,
  title,
  height = 150,
}: {
  bars: Bar[]
  title: string
  height?: number
}) {
  const most = Math.max(1, ...bars.map((bar) => bar.value))
  const step = width / Math.max(1, bars.length)
  const room = height - 22
  const every = Math.ceil(bars.length / 6)
  return (
    <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{`${title}: ${bars.map(({ label, value }) => `${label} ${value}`).join(', ')}`}</title>
      <line class="grid" x1="0" x2={width} y1={room} y2={room} />
      {bars.map(({ value }, index) => (
        <rect
          class="bar"
          x={(index * step + step * 0.15).toFixed(1)}
          width={(step * 0.7).toFixed(1)}
          y={(room - (value / most) * (room - 12)).toFixed(1)}
          height={((value / most) * (room - 12)).toFixed(1)}
          rx="2"
        />
      ))}
      {bars.map(
        ({ label }, index) =>
          index % every === 0 && (
            <text
              x={index === 0 ? 0 : (index * step + step / 2).toFixed(1)}
              y={height - 5}
              text-anchor={index === 0 ? 'start' : 'middle'}
            >
              {label}
            </text>
          ),
      )}
      <text x="0" y="10">
        {most}
      </text>
    </svg>
  )
}

/**
 * A line through values in order, with the area below it. `steps` holds each value until the next
 * one, as stock does; `labels` name the first and the last.
 */
export function LineChart({
  values,
  title,
  width = 720,
  height = 120,
  steps,
  labels,
}: {
  values: number[]
  title: string
  /** As wide as it is about to be shown, so that its words keep their size. */
  width?: number
  height?: number
  steps?: boolean
  labels?: readonly [first: string, last: string]
}) {
  const most = Math.max(1, ...values)
  const least = Math.min(0, ...values)
  const floor = height - (labels ? 24 : 6)
  const step = width / Math.max(1, steps ? values.length : values.length - 1)
  const x = (index: number) => (index * step).toFixed(1)
  const y = (value: number) =>
    (floor - ((value - least) / (most - least)) * (floor - 22)).toFixed(1)
  const points = values
    .map((value, index) =>
      steps ? `${x(index)},${y(value)} ${x(index + 1)},${y(value)}` : `${x(index)},${y(value)}`,
    )
    .join(' ')
  return (
    <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{`${title}: from ${values[0] ?? 0} to ${values.at(-1) ?? 0}, at most ${most}`}</title>
      <polygon class="area" points={`0,${y(0)} ${points} ${width},${y(0)}`} />
      <line class="grid" x1="0" x2={width} y1={y(0)} y2={y(0)} />
      <polyline class="line" points={points} />
      <text x="0" y="14">
        {most}
      </text>
      {labels && (
        <>
          <text x="0" y={height - 5}>
            {labels[0]}
          </text>
          <text x={width} y={height - 5} text-anchor="end">
            {labels[1]}
          </text>
        </>
      )}
    </svg>
  )
}

export interface Stage {
  name: string
  /** `1,000+` where nobody counts further. */
  count: number | string
  href: string
  /** Somebody should look. */
  wanted?: boolean
}

/** From the dock to the door: how much waits at each stage, each a link to the list behind it. */
export const Pipeline = ({ stages, title }: { stages: Stage[]; title: string }): Html => (
  <ol class="pipeline" aria-label={title}>
    {stages.map(({ name, count, href, wanted }) => (
      <li>
        <a href={href} class={wanted && 'wanted'}>
          <span class="value">{count}</span>
          <span class="name">{name}</span>
        </a>
      </li>
    ))}
  </ol>
)
