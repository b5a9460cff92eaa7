/** What an operation holds that talks to the outside: reads and writes as separate moments. */
import { hmacSha256 } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Sync, Write } from '../db/session.ts'
import type { Services } from './services.ts'

/** What a question may look at beside its own file: rows of the platform about this business. */
export interface Beside {
  readonly data: DataFolder
  readonly services: Services
}

export interface Outward extends Beside {
  readonly scope: Scope
  /** Empty on the platform's level. */
  readonly tenant_id: string
  /** The same whenever the same caller sends the same request under the same Idempotency-Key. */
  readonly attempt_id?: string | undefined
  read<T>(query: (read: Read) => Sync<T>): T
  write<T>(command: (tx: Write) => Sync<T>): Promise<T>
}

/** For an operation, and for work by the clock. An empty tenant means the platform's own file. */
export function openOutward({ data, services }: Beside, tenant_id: string, scope: Scope): Outward {
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  return {
    scope,
    tenant_id,
    data,
    services,
    read: (query) => file.read(scope, query),
    write: (command) => file.write(scope, command),
  }
}

/** The key that seals one tenant's secrets at rest; another tenant's does not open them. */
export const tenantKey = ({
  services,
  tenant_id,
}: Pick<Outward, 'services' | 'tenant_id'>): Uint8Array =>
  hmacSha256(services.master_key, `tenant ${tenant_id}`)
