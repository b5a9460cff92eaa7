/** Compares a ledger with the heads that were signed of it and kept elsewhere. */
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { isSigned } from './statement.ts'
import { hashAt, headsAfter } from './store.ts'

const at_once = 500

export interface HeadCheck {
  checked: number
  /** The first signed head that the ledger does not have any more, or whose signature is not ours. */
  broken: { seq: number; reason: string } | undefined
}

export function checkHeads(data: DataFolder, master_key: Uint8Array, tenant_id: string): HeadCheck {
  const scope = systemScope('ledger', '', tenant_id)
  const file = data.tenants.at(tenant_id)
  let checked = 0
  for (let after = 0; ;) {
    const heads = data.platform.read(scope, (read) => headsAfter(read, tenant_id, after, at_once))
    for (const { signature, ...head } of heads) {
      const { seq } = head
      const hash = file.read(scope, (read) => hashAt(read, seq))
      if (!isSigned(head, signature, master_key)) {
        return { checked, broken: { seq, reason: 'Its signature is not ours.' } }
      }
      if (!hash || Buffer.compare(hash, head.hash) !== 0) {
        return { checked, broken: { seq, reason: 'The ledger was rewritten since it was signed.' } }
      }
      checked += 1
    }
    const last = heads.at(-1)
    if (!last || heads.length < at_once) return { checked, broken: undefined }
    after = last.seq
  }
}
