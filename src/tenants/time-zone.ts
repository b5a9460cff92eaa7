/** Which time zones there are. */
import { invalid } from '../kit/problem.ts'

/** @throws Problem `invalid` at `/time_zone` for a name that the IANA list does not have */
export function requireTimeZone(time_zone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: time_zone })
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw invalid('/time_zone', `${time_zone} is not a time zone, such as Europe/Berlin.`)
  }
}
