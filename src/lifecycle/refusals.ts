/** What requirements that are past due refuse to a business, in words that say what to do. */
import type { Feature, Refusal } from '../kit/terms.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { pastDueOf } from './requirements/store.ts'

const scope = systemScope('lifecycle')

/** A part of the terms of a business; asked again after every change of access. */
export function refusalsOf(data: DataFolder, tenant_id: string): Partial<Record<Feature, Refusal>> {
  const refusals: Partial<Record<Feature, Refusal>> = {}
  const rows = data.platform.read(scope, (read) => pastDueOf(read, tenant_id))
  for (const { title, detail, capabilities } of rows) {
    const reason = `This was required and is past due: ${title}. ${detail}`.trim()
    for (const feature of JSON.parse(capabilities) as Feature[]) {
      refusals[feature] ??= { decided_by: 'requirement', reason }
    }
  }
  return refusals
}
