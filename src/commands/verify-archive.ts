/** Proves the archive of a business on any machine, without the installation it came from. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { verifyArchive as verifyFile } from '../archives/verify.ts'
import type { FreeCommand } from './command.ts'
import { prove } from './prove.ts'

export const verifyArchive: FreeCommand = {
  name: 'verify-archive',
  summary: 'Prove the archive of a business: checksums, counts, ledger and audit trail.',
  arguments: ['file'],
  place: 'free',
  async run(words, _, print) {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-archive-'))
    try {
      const { manifest, files, differences } = await verifyFile(
        words.arguments.file!,
        folder,
        async (database) => prove(database, 'tenants/archive'),
      )
      for (const difference of differences) print(`DIFFERS  ${difference}`)
      if (!manifest || differences.length > 0) return 1
      const { tenant, made_at, ledger, audit } = manifest
      print(`holds    ${tenant.name}, as it was at ${made_at}: ${files} files`)
      print(`         ledger: ${ledger.postings} postings, head ${ledger.head_hash}`)
      print(`         audit trail: ${audit.entries} entries, head ${audit.head_hash}`)
      print('         Compare the heads with ones kept elsewhere: a made-up history has others.')
      return 0
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
