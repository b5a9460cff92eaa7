/** Writes an audit trail to the standard output, for the operator: the platform's, or a business's. */
import { exportLines } from '../audit/export-lines.ts'
import { systemScope } from '../db/scope.ts'
import { text, type HouseCommand } from './command.ts'

export const exportAudit: HouseCommand = {
  name: 'export-audit',
  summary: 'Write the audit trail of the platform, or of a tenant, as lines that prove themselves.',
  arguments: ['tenant?'],
  options: {
    from: { value: 'time', summary: 'The first moment, such as 2026-01-01T00:00:00Z.' },
    to: { value: 'time', summary: 'The moment behind the last.' },
  },
  settings: ['data'],
  place: 'house',
  async run(words, { data }, print) {
    const { tenant = '' } = words.arguments
    const file = tenant ? data.tenants.at(tenant) : data.platform
    const scope = systemScope('export-audit', '', tenant)
    const wish = { from: text(words, 'from'), to: text(words, 'to') }
    for await (const line of exportLines((query) => file.read(scope, query), wish, '')) print(line)
  },
}
