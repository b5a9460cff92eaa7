/** What an operation holds that talks to the outside: reads and writes as separate moments. */
import { hmacSha256 } from '../kit/secrets.ts'
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

/** The key that seals one tenant's secrets at rest; another tenant's does not open them. */
export const tenantKey = ({ services, tenant_id }: Outward): Uint8Array =>
  hmacSha256(services.master_key, `tenant ${tenant_id}`)
