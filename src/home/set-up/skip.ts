/** Puts a step of the set-up aside, or takes it up again. */
import { notFound, Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { listSteps } from './read.ts'
import type { SetUpStep } from './schema.ts'
import { deleteSkip, insertSkip } from './store.ts'

/** @throws Problem `not_found`, `conflict` for a step that is required */
export function skipStep(tx: Write, { step: id }: { step: string }): SetUpStep {
  if (getStep(tx, id).required) {
    throw new Problem('conflict', 'This step is needed: it cannot be put aside.')
  }
  insertSkip(tx, id)
  return getStep(tx, id)
}

/** @throws Problem `not_found` */
export function takeUpStep(tx: Write, { step: id }: { step: string }): SetUpStep {
  getStep(tx, id)
  deleteSkip(tx, id)
  return getStep(tx, id)
}

function getStep(tx: Write, id: string): SetUpStep {
  const found = listSteps(tx).find((step) => step.id === id)
  if (!found) throw notFound('step', id)
  return found
}
