/** Runs a schedule now, besides its own times. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { getSchedule, toRun } from './read.ts'
import type { Run } from './schema.ts'
import { findRun, insertRun, openRun } from './store.ts'

/** It begins as soon as the scheduler has a place free. @throws Problem `schedule_running` */
export function runNow(tx: Write, { name }: { name: string }): Run {
  getSchedule(tx, { name })
  const open = openRun(tx, name)
  if (open) {
    throw new Problem('schedule_running', `${name} is ${open.state} already.`, { run_id: open.id })
  }
  const id = tx.id('srn')
  const { name: asked_by } = tx.scope.actor
  insertRun(tx, { id, schedule: name, cause: 'manual', asked_by, due_at: tx.now })
  return toRun(findRun(tx, id)!)
}
