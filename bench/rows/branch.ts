/** A branch of a live business while it is written: beside a plain copy of the same file. */
import { copyFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openObjects } from '../../src/objects/open-objects.ts'
import { makeBranch } from '../../src/branches/make.ts'
import { removeSibling } from '../../src/branches/remove.ts'
import type { DataFolder } from '../../src/db/data-folder.ts'
import { systemScope } from '../../src/db/scope.ts'
import { inMb, inMs, inTurns, median, ratioOf, type Row } from '../row.ts'
import { onStage } from '../stage/shop.ts'
import { foundTenant } from '../../src/tenants/found.ts'

const scope = systemScope('bench')
/** What an item fills with its indexes. */
const bytes_per_item = 1_100
const wanted_bytes = 100e6

export const branch: Row = ({ folder, size, say }) =>
  onStage(join(folder, 'branch'), async (data) => {
    const tenant = await foundTenant(data, scope, {
      ...{ name: 'Large', domain: 'large', admin_email: 'large@bench.test' },
    })
    const items = size.items < 1_000 ? size.items : Math.ceil(wanted_bytes / bytes_per_item)
    await fill(data, tenant.id, tenant.organization_id, items)
    const path = data.tenants.pathOf(tenant.id)
    const bytes = statSync(path).size
    say(`branch: a business of ${inMb(bytes)} is there`)
    const services = servicesOf(data)
    const asker = { data, services, scope, parent_id: tenant.id }
    let longest_ms = 0
    const ours = async () => {
      const began = performance.now()
      const writes = keepWriting(data, tenant.id, tenant.organization_id)
      const { id } = await makeBranch(asker, {})
      const took = performance.now() - began
      longest_ms = Math.max(longest_ms, await writes.stop())
      await removeSibling({ data, services, scope }, tenant.id, id)
      return took
    }
    const plain = () => {
      const began = performance.now()
      copyFileSync(path, join(data.path, 'plain.db'))
      const took = performance.now() - began
      rmSync(join(data.path, 'plain.db'))
      return Promise.resolve(took)
    }
    const [branches = [], copies = []] = await inTurns(size.rounds, [ours, plain])
    const took = median(branches)
    return [
      {
        what: `a branch of ${inMb(bytes)} while it is written, beside a plain copy of the file`,
        measured: `${inMs(took)}; a write waited ${inMs(longest_ms)} at most`,
        ratio: `${ratioOf(branches, copies).toFixed(1)} ×`,
        hold: '< 1 s at 100 MB',
        met: took < 1_000,
        numbers: branches,
      },
    ]
  })

const servicesOf = (data: DataFolder) => ({
  objects: openObjects(
    { kind: 'local' },
    {
      folderOf: (tenant_id) => data.tenants.folderOf(tenant_id),
      scratch_folder: join(data.path, 'scratch'),
    },
  ),
  public_url: 'http://localhost',
  master_key: new Uint8Array(32),
})

const insert = `INSERT INTO items (id, organization_id, sku, name, description, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?)`

async function fill(data: DataFolder, id: string, organization_id: string, items: number) {
  const file = data.tenants.open(id)
  for (let at = 0; at < items; at += 2_000) {
    await file.write({ ...scope, tenant_id: id, organization_id }, (tx) => {
      for (let n = at; n < Math.min(at + 2_000, items); n += 1) {
        const about = `Item number ${n}, described at length. `.repeat(20)
        tx.run(insert, tx.id('itm'), organization_id, `S-${n}`, `Item ${n}`, about, tx.now, tx.now)
      }
    })
  }
  file.connection.pragma('wal_checkpoint(TRUNCATE)')
}

/** One write after the other, as a busy day; tells how long the slowest took. */
function keepWriting(data: DataFolder, id: string, organization_id: string) {
  let going = true
  let longest_ms = 0
  const run = async () => {
    while (going) {
      const began = performance.now()
      await data.tenants.at(id).write({ ...scope, tenant_id: id, organization_id }, (tx) => {
        const sku = tx.id('sku')
        tx.run(insert, tx.id('itm'), organization_id, sku, 'Meanwhile', '', tx.now, tx.now)
      })
      longest_ms = Math.max(longest_ms, performance.now() - began)
    }
    return longest_ms
  }
  const done = run()
  return {
    stop() {
      going = false
      return done
    },
  }
}
