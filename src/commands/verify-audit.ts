/** Proves an exported audit trail on any machine, without the installation it came from. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { verifyExport } from '../audit/verify-export.ts'
import { text, type FreeCommand } from './command.ts'

export const verifyAudit: FreeCommand = {
  name: 'verify-audit',
  summary: 'Prove an exported audit trail: nothing changed, missing, added or moved.',
  arguments: ['file'],
  options: {
    head: { value: 'hash', summary: 'The last hash, as it was kept elsewhere.' },
  },
  place: 'free',
  async run(words, _, print) {
    const input = createReadStream(words.arguments.file!, 'utf8')
    const lines = createInterface({ input, crlfDelay: Infinity })
    const { holds, head, broken, entries, withheld, forgotten, believed } =
      await verifyExport(lines)
    if (!holds || !head) {
      print(`BROKEN  line ${broken?.line ?? 0}: ${broken?.reason ?? 'it is empty'}`)
      return 1
    }
    const expected = text(words, 'head')
    if (expected && expected !== head.head_hash) {
      print(`BROKEN  it ends with ${head.head_hash}, not with ${expected}`)
      return 1
    }
    const { first_seq, last_seq, head_hash, organization_id } = head
    print(`holds   entries ${first_seq} to ${last_seq}, ${entries} shown and proven`)
    if (organization_id) {
      print(`        ${withheld} of other organizations are withheld; their place is proven`)
    }
    if (believed) print(`        ${believed} of those are from before: their hashes are believed`)
    if (forgotten) print(`        the details of ${forgotten} were forgotten`)
    print(`        head ${head_hash}`)
    if (!expected) {
      print('        Compare the head with one kept elsewhere: a trail cut short has another.')
    }
    return 0
  },
}
