/** Runs the raw ledger in a process of its own. */
import { join } from 'node:path'
import type { RawLoad, RawPlan } from './ledger.ts'

export async function rawLedger(plan: RawPlan): Promise<RawLoad> {
  const command = [process.execPath, join(import.meta.dir, 'ledger.ts'), JSON.stringify(plan)]
  const child = Bun.spawn(command, { stdio: ['ignore', 'pipe', 'inherit'] })
  const said = await new Response(child.stdout).text()
  if ((await child.exited) !== 0) throw new Error('the raw ledger ended badly')
  return JSON.parse(said) as RawLoad
}
