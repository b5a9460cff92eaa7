/** What usage tells the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { Timestamp } from '../operations/shapes.ts'
import { MeterName } from './schema.ts'

export const thresholdReached: EventType = {
  type: 'usage.threshold_reached',
  summary: 'A share of what the plan includes in this period is used: 50, 80 or 100 percent.',
  data: Type.Object({
    meter: MeterName,
    unit: Type.String(),
    threshold_percent: Type.Integer(),
    used: Type.Integer(),
    included: Type.Integer(),
    is_hard: Type.Boolean(),
    period_starts_at: Timestamp,
    period_ends_at: Timestamp,
  }),
}

export const events = [thresholdReached]
