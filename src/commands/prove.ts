/** Proves what is in a file: the ledger and the audit trail. Every copy passes this before it counts. */
import { proveAudit } from '../audit/prove.ts'
import { DatabaseFile } from '../db/file.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Read, Sync } from '../db/session.ts'
import { systemClock } from '../kit/clock.ts'
import { newId } from '../kit/id.ts'
import { proveWholeNow } from '../ledger/proof/prove-whole.ts'
import type { Prove } from '../replication/restore.ts'
import { platform_subject } from '../replication/settings.ts'

const scope = systemScope('proof')

/** @throws when the content contradicts itself */
export const prove: Prove = async (path, subject) => {
  const file = new DatabaseFile(path, systemClock, newId)
  try {
    const { broken } = await proveWholeTrail(file)
    if (broken) throw new Error(`audit entry ${broken.seq}: ${broken.reason}`)
    if (subject === platform_subject) return
    const ledger = file.read(scope, (read) => proveWholeNow(read))
    if (!ledger.holds) {
      throw new Error(`the ledger does not hold: ${JSON.stringify(ledger.differences[0])}`)
    }
  } finally {
    await file.close()
  }
}

/** A tenant's file or the platform's. */
interface File {
  read<T>(scope: Scope, query: (read: Read) => Sync<T>): T
}

/** From the first entry to the last, giving way to requests in between: entries are only added. */
export async function proveWholeTrail(file: File): Promise<ReturnType<typeof proveAudit>> {
  for (let after = 0; ;) {
    const proof = file.read(scope, (read) => proveAudit(read, { after }))
    if (proof.complete || proof.broken) return proof
    after = proof.checked_to
    await new Promise((resolve) => setImmediate(resolve))
  }
}
