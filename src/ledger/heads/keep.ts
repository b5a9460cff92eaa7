/** Signs the head of a ledger, keeps it outside the tenant's file, and tells the tenant. */
import { Type } from '@sinclair/typebox'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { emit, type EventType } from '../../events/emit.ts'
import { timestamp } from '../../kit/clock.ts'
import { findHead } from '../store.ts'
import { Timestamp } from '../../operations/shapes.ts'
import { insertHead, lastHead, type HeadRow } from './store.ts'
import { signHead } from './statement.ts'

const Hex = (digits: number) => Type.String({ pattern: `^[0-9a-f]{${digits}}$` })

export const SignedHead = Type.Object({
  tenant_id: Type.String(),
  seq: Type.Integer({ description: 'The last posting it covers' }),
  hash: Hex(64),
  signed_at: Timestamp,
  signature: Hex(128),
})

export const headSigned: EventType = {
  type: 'ledger.head_signed',
  summary: 'The head of the ledger was signed: keep it, and nobody can rewrite what is before it.',
  data: SignedHead,
}

export const toSignedHead = ({ tenant_id, seq, hash, signed_at, signature }: HeadRow) => ({
  tenant_id,
  seq,
  hash: Buffer.from(hash).toString('hex'),
  signed_at,
  signature: Buffer.from(signature).toString('hex'),
})

/** @returns whether there was anything new to sign */
export async function keepHead(
  data: DataFolder,
  master_key: Uint8Array,
  tenant_id: string,
): Promise<boolean> {
  const scope = systemScope('ledger', '', tenant_id)
  const file = data.tenants.at(tenant_id)
  const head = file.read(scope, findHead)
  const before = data.platform.read(scope, (read) => lastHead(read, tenant_id))
  if (!head || head.seq === before?.seq) return false
  const unsigned = { ...head, tenant_id, signed_at: timestamp(data.clock.now()) }
  const row = { ...unsigned, signature: signHead(unsigned, master_key) }
  await data.platform.write(scope, (tx) => insertHead(tx, row))
  await file.write(scope, (tx) => emit(tx, headSigned, tenant_id, toSignedHead(row)))
  return true
}
