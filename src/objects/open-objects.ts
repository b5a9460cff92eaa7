/** Opens the place for objects that the settings name, and gives each tenant its own part of it. */
import { join } from 'node:path'
import { assert } from '../kit/problem.ts'
import { CheckedStore } from './checked-store.ts'
import { LocalShelf } from './local-shelf.ts'
import { default_limits, type ObjectLimits, type ObjectStore } from './object-store.ts'
import { s3Client, type S3Settings } from './s3-client.ts'
import { S3Shelf } from './s3-shelf.ts'

export type ObjectsSettings = { kind: 'local' } | S3Settings

export interface ObjectPlaces {
  /**
   * A tenant's folder (`TenantFiles.folderOf`): local objects lie inside it, so that moving, copying
   * and erasing a tenant takes them along.
   */
  folderOf(tenant_id: string): string
  /** Content on its way to a bucket is collected here. */
  scratch_folder: string
}

/**
 * @returns one tenant's store; cheap to ask for
 */
export function openObjects(
  settings: ObjectsSettings,
  places: ObjectPlaces,
  limits: ObjectLimits = default_limits,
): (tenant_id: string) => ObjectStore {
  if (settings.kind === 'local') {
    return (tenant_id) =>
      new CheckedStore(
        new LocalShelf(join(places.folderOf(checkTenantId(tenant_id)), 'objects')),
        limits,
      )
  }
  const client = s3Client(settings)
  return (tenant_id) => {
    const root = [settings.prefix, 'tenants', checkTenantId(tenant_id), ''].filter(
      (part, index) => index > 0 || part !== '',
    )
    return new CheckedStore(new S3Shelf(client, root.join('/'), places.scratch_folder), limits)
  }
}

/** An id becomes part of a path: it has to be one. */
function checkTenantId(tenant_id: string): string {
  assert(/^[a-z0-9_]{1,64}$/.test(tenant_id), `"${tenant_id}" is a tenant's id`)
  return tenant_id
}
