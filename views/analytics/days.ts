/** Days as a picture wants them. */
import type { Bar } from '../ui/picture.tsx'
import { dayText } from '../ui/text.tsx'

interface Day {
  day: string
  value: number
}

export const sumOf = (days: readonly Day[]): number =>
  days.reduce((sum, { value }) => sum + value, 0)

/** `21 Nov`: the year is plain from the page. */
export const barsOf = (days: readonly Day[]): Bar[] =>
  days.map(({ day, value }) => ({ label: dayText(day).slice(0, -5), value }))
