/** Looks into the file of a business for what can be seen to be done. */
import type { Read } from '../../db/session.ts'
import type { KnownCode } from './catalogue.ts'
import { hasCarrier, ownersOf } from './store-seen.ts'

const looks: Partial<Record<KnownCode, (read: Read) => boolean>> = {
  owner_came_in: (read) => ownersOf(read).some(({ has_come_in }) => has_come_in),
  carrier_connected: hasCarrier,
  second_factor: (read) => {
    const owners = ownersOf(read)
    return owners.length > 0 && owners.every(({ has_second_factor }) => has_second_factor)
  },
}

/** @param read of the tenant's own file */
export const isSeenDone = (read: Read, code: string): boolean =>
  looks[code as KnownCode]?.(read) ?? false
