/** The second act of an erasure: files, objects and copies go, and what the platform wrote of it. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { systemScope } from '../../db/scope.ts'
import { syncFolder } from '../../db/sync-folder.ts'
import { forgetMentions } from '../../audit/forget-subject.ts'
import type { Outward } from '../../operations/outward.ts'
import type { Lying } from '../../operations/services.ts'
import { soughtOf } from './begin.ts'
import type { Removed } from './schema.ts'
import { findErasure, forgetSought, setRemoved } from './store.ts'
import { emptyEventsNaming, jobIds, lastEventSeq } from './store-scrub.ts'

/** Events looked at in one transaction. */
const at_once = 5_000

/** Every step finds nothing when it was done before; what it found is added to the row. */
export async function removeEverywhere(
  outward: Outward,
  id: string,
  tenant_id: string,
): Promise<void> {
  const { services } = outward
  removeLeavings(outward, tenant_id)
  const objects = services.objects(tenant_id)
  const found: Lying = { files: 0, bytes: 0 }
  for await (const { size_bytes } of objects.list()) {
    found.files += 1
    found.bytes += size_bytes
  }
  await objects.removeAll()
  await add(outward, id, { objects: found })
  await add(outward, id, { folder: await removeFolder(outward, tenant_id) })
  if (services.copies) await add(outward, id, await services.copies.forget(tenant_id))
  await forgetWords(outward, id)
  const { copies } = services
  if (copies) await add(outward, id, { platform_copies: await copies.renewPlatform() })
  else await outward.data.platform.compact()
}

/** What a crash in the middle of a job left aside: a copy of the file for an archive. */
function removeLeavings({ data }: Outward, tenant_id: string): void {
  const scratch = join(data.path, 'scratch')
  if (!existsSync(scratch) || !data.tenants.exists(tenant_id)) return
  const jobs = new Set(data.tenants.at(tenant_id).read(systemScope('lifecycle'), jobIds))
  for (const name of readdirSync(scratch)) {
    const job_id = /job_[0-9a-z]{26}/.exec(name)?.[0]
    if (job_id && jobs.has(job_id)) rmSync(join(scratch, name), { recursive: true, force: true })
  }
}

/** The file is closed, nobody copies it any more, and then its folder goes. */
function removeFolder({ data, services }: Outward, tenant_id: string): Promise<Lying> {
  const { tenants } = data
  return tenants.withClosed(tenant_id, 'it is erased', async () => {
    await services.copies?.release(tenant_id)
    const folder = tenants.folderOf(tenant_id)
    const found = measure(folder)
    // Beside the folder lie halves of it while it is founded or restored.
    for (const name of ['.making', '.restoring']) {
      const aside = join(data.path, 'tenants', `${name}-${tenant_id}`)
      rmSync(aside, { recursive: true, force: true })
    }
    rmSync(folder, { recursive: true, force: true })
    if (existsSync(join(folder, '..'))) syncFolder(join(folder, '..'))
    return found
  })
}

function measure(folder: string): Lying {
  const found: Lying = { files: 0, bytes: 0 }
  if (!existsSync(folder)) return found
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const stat = statSync(join(folder, name), { throwIfNoEntry: false })
    if (!stat?.isFile()) continue
    found.files += 1
    found.bytes += stat.size
  }
  return found
}

/** Where it is named beside something else there is no index: everything is looked through. */
async function forgetWords(outward: Outward, id: string): Promise<void> {
  const words = soughtOf(
    outward,
    outward.read((read) => findErasure(read, id)!),
  )
  if (words.length === 0) return
  const last = outward.read(lastEventSeq)
  for (let from = 1; from <= last; from += at_once) {
    const stretch = [from, from + at_once] as const
    const events = await outward.write((tx) =>
      words.reduce((sum, word) => sum + emptyEventsNaming(tx, word, stretch), 0),
    )
    if (events > 0) await add(outward, id, { platform_texts: { events } })
  }
  for (let from: number | undefined = 1; from !== undefined;) {
    const at: number = from
    const { forgotten, next } = await outward.write((tx) => forgetMentions(tx, words, at))
    if (forgotten > 0) await add(outward, id, { platform_texts: { audit_entries: forgotten } })
    from = next
  }
  await outward.write((tx) => forgetSought(tx, id))
}

/** Adds up over all attempts: the second one finds only what the first one left. */
const add = (outward: Outward, id: string, more: Removed): Promise<number> =>
  outward.write((tx) => {
    const removed = JSON.parse(findErasure(tx, id)!.removed) as Record<string, Counts>
    for (const [place, counts] of Object.entries(more) as [string, Counts][]) {
      const before = removed[place] ?? {}
      for (const [name, count] of Object.entries(counts)) {
        before[name] = (before[name] ?? 0) + count
      }
      removed[place] = before
    }
    return setRemoved(tx, id, JSON.stringify(removed))
  })

type Counts = Record<string, number>
