/** Proves what was posted since the last time: the every-minute proof, as cheap as what is new. */
import type { Write } from '../../db/session.ts'
import { genesis_hash } from '../chain.ts'
import { findHead } from '../store.ts'
import { ChainCheck } from './chain-check.ts'
import { Findings, type ProofReport } from './report.ts'
import { levelFacts, Sums } from './sums.ts'
import {
  findPosition,
  findProvenLevel,
  insertProof,
  sumOfGoods,
  sumOpenOnLevel,
  updatePosition,
  updateProven,
} from './store.ts'

/**
 * Follows the chain from the last proven posting and compares each level it touched: proven quantity
 * + movements = quantity, the goods add up to zero over all accounts, open reservations = reserved.
 * When everything agrees the position moves on; when not, it stays, the report is kept, and the same
 * difference is found again until somebody has dealt with it. Levels that no new posting touched
 * are the whole proof's.
 *
 * Levels are compared as they are now, so it must reach the head: where more than `limit` postings
 * are new it only follows the chain that far, and is called again (`through_seq` < the head's seq).
 */
export function proveIncremental(tx: Write, limit = 250): ProofReport {
  const findings = new Findings()
  const from = findPosition(tx) ?? { seq: 0, hash: genesis_hash }
  const chain = new ChainCheck(findings, from.seq, from.hash)
  const sums = new Sums()
  for (const { movements } of chain.next(tx, limit)) {
    for (const movement of movements) sums.move(movement)
  }
  const head_seq = findHead(tx)?.seq ?? 0
  // Postings that were proven before cannot go away.
  if (head_seq < from.seq) {
    findings.compare('chain', 'Postings are missing.', from.seq, head_seq, { seq: from.seq })
  }
  const reached_head = chain.seq >= head_seq
  const proven: [number: number, on_hand: number][] = []
  for (const [key, change] of sums.left()) {
    const facts = levelFacts(key)
    const level = findProvenLevel(tx, key)
    if (!level) {
      findings.compare('replay', 'A level is missing.', change, 0, facts)
      continue
    }
    const { number, on_hand, reserved, proven_on_hand } = level
    const expected = proven_on_hand + change
    proven.push([number, expected])
    if (!reached_head) continue
    findings.compare('replay', 'A level differs from its replay.', expected, on_hand, facts)
    const open = sumOpenOnLevel(tx, key)
    findings.compare('reservations', 'A level holds another quantity.', open, reserved, facts)
    const sum = sumOfGoods(tx, key)
    findings.compare('balance', 'The accounts do not add up to zero.', 0, sum, facts)
  }
  const report: ProofReport = {
    scope: 'incremental',
    holds: findings.count === 0,
    from_seq: from.seq,
    through_seq: chain.seq,
    head_hash: Buffer.from(chain.hash).toString('hex'),
    postings: chain.postings,
    movements: chain.movements,
    levels: proven.length,
    reservations: 0,
    difference_count: findings.count,
    differences: findings.told,
  }
  if (!report.holds) {
    insertProof(tx, 'incremental', chain.seq, false, JSON.stringify(report))
  } else if (chain.postings > 0) {
    for (const [number, on_hand] of proven) updateProven(tx, number, on_hand)
    updatePosition(tx, chain.seq, chain.hash)
  }
  return report
}
