/** ECMAScript's Temporal as far as tests reckon with it: the runtime has it, its types come later. */

interface Zoned {
  readonly epochMilliseconds: number
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
}

interface Temporal {
  PlainDate: {
    from(date: string | { year: number; month: number; day: number }): {
      toZonedDateTime(where: { timeZone: string }): Zoned
    }
  }
  Instant: { fromEpochMilliseconds(at_ms: number): { toZonedDateTimeISO(zone: string): Zoned } }
}

export const temporal = (globalThis as unknown as { Temporal: Temporal }).Temporal
