/** Works on the rows of domains, which are in the platform's file, for a business or the operator. */
import type { Scope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import { emit, type EventType } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import type { Outward } from '../operations/outward.ts'
import { getPlatformDomain } from './read.ts'

/** The rows belong to no organization. */
export const platformScope = (scope: Scope): Scope => ({ ...scope, organization_id: '' })

export const onPlatform = <T>(
  { data, scope }: Pick<Outward, 'data' | 'scope'>,
  command: (tx: Write) => Sync<T>,
): Promise<T> => data.platform.write(platformScope(scope), command)

/** Tells what happened; the next look at the host names sees it. */
export function tell(tx: Write, event: EventType, id: string): void {
  emit(tx, event, id, getPlatformDomain(tx, { id }))
  tx.afterCommit(accessChanged)
}
