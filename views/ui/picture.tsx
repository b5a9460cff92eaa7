/** Pictures drawn as SVG on the server: bars over time, a line, and the way of goods through the house. */
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
  const every = Math.ceil(bars.length / 12)
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
            <text x={(index * step + step / 2).toFixed(1)} y={height - 5} text-anchor="middle">
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

/** A line through values in order, with the area below it. */
export function LineChart({
  values,
  title,
  height = 120,
}: {
  values: number[]
  title: string
  height?: number
}) {
  const most = Math.max(1, ...values)
  const step = width / Math.max(1, values.length - 1)
  const y = (value: number) => (height - 6 - (value / most) * (height - 18)).toFixed(1)
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${y(value)}`).join(' ')
  return (
    <svg class="picture" viewBox={`0 0 ${width} ${height}`} role="img">
      <title>{`${title}: from ${values[0] ?? 0} to ${values.at(-1) ?? 0}, at most ${most}`}</title>
      <polygon class="area" points={`0,${height} ${points} ${width},${height}`} />
      <polyline class="line" points={points} />
      <text x="0" y="11">
        {most}
      </text>
    </svg>
  )
}

export interface Stage {
  name: string
  count: number
  href: string
  /** Somebody should look. */
  wanted?: boolean
}

/** From the dock to the door: how much waits at each stage, each a link to the list behind it. */
export function Pipeline({ stages, title }: { stages: Stage[]; title: string }): Html {
  const wide = 960
  const gap = 26
  const box = (wide - gap * (stages.length - 1)) / stages.length
  return (
    <svg class="picture" viewBox={`0 0 ${wide} 92`} role="img">
      <title>{`${title}: ${stages.map(({ name, count }) => `${name} ${count}`).join(', ')}`}</title>
      {stages.map(({ name, count, href, wanted }, index) => {
        const x = index * (box + gap)
        return (
          <>
            {index > 0 && <path class="arrow" d={`M${x - gap + 4} 46h${gap - 10}m-5-5l5 5-5 5`} />}
            <a href={href} class={wanted && 'wanted'}>
              <rect class="stage" x={x} y="4" width={box} height="84" rx="10" />
              <text class="value" x={x + box / 2} y="44" text-anchor="middle">
                {count}
              </text>
              <text class="name" x={x + box / 2} y="68" text-anchor="middle">
                {name}
              </text>
            </a>
          </>
        )
      })}
    </svg>
  )
}
