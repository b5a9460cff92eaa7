/** The last act of an erasure: the entry in the audit trail, the certificate, and its signature. */
import { sign, verify, createPublicKey } from 'node:crypto'
import type { Write } from '../../db/session.ts'
import { recordAudit } from '../../audit/record.ts'
import { emit } from '../../events/emit.ts'
import { signingKey } from '../../ledger/heads/statement.ts'
import type { Outward } from '../../operations/outward.ts'
import { getTenant } from '../../tenants/read.ts'
import { tenantErased } from '../events.ts'
import { toErasure } from './read.ts'
import type { Certificate, Removed } from './schema.ts'
import { erasedSiblings, findErasure, setDone } from './store.ts'
import { countRowsOf, kept_tables, oldEntriesAbout } from './store-scrub.ts'

const first_line = 'stowage certificate of erasure\n'

export const finishErasure = (outward: Outward, id: string, tenant_id: string): Promise<void> =>
  outward.write((tx) => {
    const row = findErasure(tx, id)!
    if (row.state === 'done') return
    const { removed, reason, decided_by } = toErasure(row)
    const audit = recordAudit(tx, {
      action: 'tenants.erased',
      subject_id: tenant_id,
      ...{ before: undefined, after: undefined, input: { erasure_id: id, reason, removed } },
    })
    const { environment, created_at } = getTenant(tx, { id: tenant_id })
    const certificate: Certificate = {
      ...{ format: 1, erasure_id: id, tenant_id, environment, founded_at: created_at },
      ...{ decided_by, reason, started_at: row.started_at, finished_at: tx.now, removed },
      siblings: erasedSiblings(tx, tenant_id),
      kept: keptOf(tx, tenant_id, removed),
      audit,
    }
    const text = `${first_line}${JSON.stringify(certificate, null, 2)}\n`
    setDone(tx, id, text, signText(text, outward.services.master_key), tx.now)
    emit(tx, tenantErased, tenant_id, { id: tenant_id, erasure_id: id, erased_at: tx.now })
  })

function keptOf(tx: Write, tenant_id: string, { platform_texts }: Removed): Certificate['kept'] {
  const stone = 'That there was a business, when it was founded and erased. No name, no address.'
  const trail = 'That something was done, and when, in a chain of hashes: what it was is gone.'
  const old = 'Entries from before details could be let go of: they are part of the chain itself.'
  const kept = [
    { what: 'tenants', why: stone, rows: 1 },
    { what: 'audit_entries', why: trail, rows: platform_texts?.audit_entries ?? 0 },
    { what: 'old_audit_entries', why: old, rows: oldEntriesAbout(tx, tenant_id) },
    ...Object.entries(kept_tables).map(([what, why]) => ({
      ...{ what, why },
      rows: countRowsOf(tx, what, tenant_id),
    })),
  ]
  return kept.filter(({ rows }) => rows > 0)
}

const signText = (text: string, master_key: Uint8Array): Buffer =>
  sign(null, Buffer.from(text), signingKey(master_key))

/** The public key is that of the signed heads: `ledger_heads.key`. */
export const isCertified = (text: string, signature: Uint8Array, master_key: Uint8Array): boolean =>
  text.startsWith(first_line) &&
  verify(null, Buffer.from(text), createPublicKey(signingKey(master_key)), signature)

/** What a certificate says, as it was signed. */
export const readCertificate = (text: string): Certificate =>
  JSON.parse(text.slice(first_line.length)) as Certificate
