/** What an operation holds that talks to the outside: reads and writes as separate moments. */
import type { DataFolder } from '../db/data-folder.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Sync, Write } from '../db/session.ts'
import type { Services } from './services.ts'

export interface Outward {
  readonly scope: Scope
  /** Empty on the platform's level. */
  readonly tenant_id: string
  readonly data: DataFolder
  readonly services: Services
  read<T>(query: (read: Read) => Sync<T>): T
  write<T>(command: (tx: Write) => Sync<T>): Promise<T>
}
