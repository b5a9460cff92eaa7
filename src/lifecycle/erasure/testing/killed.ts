/** A process of its own that founds a business, begins to erase it, and is killed at one step. */
import { DataFolder } from '../../../db/data-folder.ts'
import { systemScope } from '../../../db/scope.ts'
import { openObjects } from '../../../objects/open-objects.ts'
import { openOutward } from '../../../operations/outward.ts'
import type { Services } from '../../../operations/services.ts'
import { foundTenant } from '../../../tenants/found.ts'
import { getTenant } from '../../../tenants/read.ts'
import { eraseTenant } from '../erase.ts'
import { canary } from './canaries.ts'

type Step = 'objects' | 'release' | 'forget' | 'renew'

/** @param kill_at where the process ends without a word; undefined to go on with the first to the end */
export function servicesFor(data: DataFolder, kill_at: Step | undefined): Services {
  const die = (step: Step): void => {
    if (step === kill_at) process.kill(process.pid, 'SIGKILL')
  }
  const none = { files: 0, bytes: 0 }
  const store = openObjects(
    { kind: 'local' },
    { folderOf: (id) => data.tenants.folderOf(id), scratch_folder: `${data.path}/scratch` },
  )
  return {
    objects: (tenant_id) => {
      die('objects')
      return store(tenant_id)
    },
    public_url: 'http://localhost',
    master_key: new Uint8Array(32).fill(7),
    copies: {
      release: () => Promise.resolve(die('release')),
      forget: () => {
        die('forget')
        return Promise.resolve({ continuous_copies: none, whole_backups: none })
      },
      renewPlatform: async () => {
        await data.platform.compact()
        die('renew')
        return { generations: 0, backups: 0 }
      },
    },
  }
}

async function foundAndErase(path: string, kill_at: Step): Promise<void> {
  const data = await DataFolder.open(path)
  const scope = systemScope('test')
  const { id } = await foundTenant(data, scope, {
    name: `Goods of ${canary}`,
    admin_email: `${canary}@example.test`,
    environment: 'sandbox',
  })
  const { slug } = data.platform.read(scope, (read) => getTenant(read, { id }))
  const outward = openOutward({ data, services: servicesFor(data, kill_at) }, '', scope)
  await eraseTenant(outward, { id, confirm_slug: slug, reason: 'A test.' })
}

if (import.meta.main) await foundAndErase(process.argv[2]!, process.argv[3] as Step)
