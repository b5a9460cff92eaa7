/** Keeps what proofs found, so that a person can see when the ledger was last proven. */
import type { Read, Write } from '../../db/session.ts'
import type { ProofReport } from './report.ts'
import { findPosition, insertProof, lastProofs } from './store.ts'

export interface KeptProof extends ProofReport {
  id: string
  finished_at: string
}

/** Stores the report of a whole proof. */
export const keepProof = (tx: Write, report: ProofReport): number =>
  insertProof(tx, report.scope, report.through_seq, report.holds, JSON.stringify(report))

/** The newest whole proofs, and incremental ones that found a difference. */
export const keptProofs = (read: Read, limit = 20): KeptProof[] =>
  lastProofs(read, limit).map(({ id, finished_at, report }) => ({
    ...(JSON.parse(report) as ProofReport),
    id,
    finished_at,
  }))

/** Up to which posting the incremental proof has come. */
export const provenSeq = (read: Read): number => findPosition(read)?.seq ?? 0
