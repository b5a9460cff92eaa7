/** Proves ledger and audit trail from their first entries, while others work. */
import { checkHeads } from '../ledger/heads/check.ts'
import { proveWhole } from '../ledger/proof/prove-whole.ts'
import { tenantIds } from '../replication/replication.ts'
import type { HouseCommand, Print } from './command.ts'
import type { Installation } from './installation.ts'
import { proveWholeTrail } from './prove.ts'

export const verify: HouseCommand = {
  name: 'verify',
  summary: 'Prove ledger and audit trail of one tenant, or of all.',
  arguments: ['tenant?'],
  settings: ['data'],
  place: 'house',
  async run({ arguments: { tenant } }, installation, print) {
    const { data } = installation
    let failed = 0
    const count = (holds: boolean) => (failed += holds ? 0 : 1)
    if (tenant) {
      count(await verifyTenant(installation, tenant, print))
    } else {
      count(await verifyAudit('platform', data.platform, print))
      for await (const id of tenantIds(data.path)) {
        count(await verifyTenant(installation, id, print))
      }
    }
    print(failed ? `${failed} do not hold` : 'everything holds')
    return failed ? 1 : 0
  },
}

async function verifyTenant(
  { data, services }: Installation,
  id: string,
  print: Print,
): Promise<boolean> {
  const ledger = await proveWhole(data.tenants.open(id))
  const { holds, postings, movements, levels, head_hash } = ledger
  print(
    `${holds ? 'holds' : 'BROKEN'}  ${id} ledger: ${postings} postings, ${movements} movements, ` +
      `${levels} levels, head ${head_hash.slice(0, 16)}`,
  )
  for (const { check, detail, facts } of ledger.differences) {
    print(`  ${check}: ${detail} ${JSON.stringify(facts)}`)
  }
  const { checked, broken } = checkHeads(data, services.master_key, id)
  print(`${broken ? 'BROKEN' : 'holds'}  ${id} signed heads: ${checked}`)
  if (broken) print(`  posting ${broken.seq}: ${broken.reason}`)
  return (await verifyAudit(id, data.tenants.at(id), print)) && holds && !broken
}

async function verifyAudit(
  name: string,
  file: Parameters<typeof proveWholeTrail>[0],
  print: Print,
): Promise<boolean> {
  const { holds, checked_to, head_hash, broken } = await proveWholeTrail(file)
  const head = head_hash.slice(0, 16)
  print(`${holds ? 'holds' : 'BROKEN'}  ${name} audit: ${checked_to} entries, head ${head}`)
  if (broken) print(`  entry ${broken.seq}: ${broken.reason}`)
  return holds
}
