/** Writes down where this installation stands, so that the addresses of businesses can be read. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { readPublicUrl, writePublicUrl } from './store.ts'

const scope = systemScope('domains')

/** Call it at the start, before the doors open. */
export async function keepPublicUrl(data: DataFolder, public_url: string): Promise<void> {
  if (data.platform.read(scope, readPublicUrl) === public_url) return
  await data.platform.write(scope, (tx) => writePublicUrl(tx, public_url))
}
