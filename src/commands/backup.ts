/** Makes, lists and tries whole copies of everything, independent of the continuous ones. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '../kit/clock.ts'
import { listBackups, makeBackup, type BackupManifest } from '../replication/backup.ts'
import { verifyBackup } from '../replication/restore-backup.ts'
import type { FreeCommand, Print } from './command.ts'
import { backupTarget } from './installation.ts'
import { prove } from './prove.ts'

export const backup: FreeCommand = {
  name: 'backup',
  summary: 'Copy everything while it is in use; each copy is proven before it counts.',
  settings: ['data', 'backups'],
  place: 'free',
  async run(_, settings, print) {
    const target = backupTarget(settings)
    const what = { data_folder: settings.data, clock: systemClock, target, prove }
    const manifest = await makeBackup(what)
    tell(manifest, print)
    return manifest.failed.length > 0 ? 1 : 0
  },
}

export const backupList: FreeCommand = {
  name: 'backup list',
  summary: 'List the backups that are complete.',
  settings: ['data', 'backups'],
  place: 'free',
  async run(_, settings, print) {
    for (const manifest of await listBackups(backupTarget(settings))) tell(manifest, print)
  },
}

export const backupVerify: FreeCommand = {
  name: 'backup verify',
  summary: 'Unpack a backup aside, and check and prove every file of it.',
  arguments: ['backup'],
  settings: ['data', 'backups'],
  place: 'free',
  async run({ arguments: { backup: id = '' } }, settings, print) {
    const scratch_folder = join(settings.data, 'run', `verify-${id}`)
    const target = backupTarget(settings)
    const checking = verifyBackup({ target, id, scratch_folder, prove })
    const remove = () => rmSync(scratch_folder, { recursive: true, force: true })
    const { verified, failed } = await checking.finally(remove)
    for (const { subject, reason } of failed) print(`BAD   ${subject}: ${reason}`)
    print(`${verified.length} files are good, ${failed.length} are not.`)
    return failed.length > 0 ? 1 : 0
  },
}

function tell({ id, files, failed }: BackupManifest, print: Print): void {
  const size_bytes = files.reduce((sum, file) => sum + file.compressed_bytes, 0)
  print(
    `${id}  ${files.length} files, ${(size_bytes / 1e6).toFixed(1)} MB, ${failed.length} failed`,
  )
  for (const { subject, reason } of failed) print(`  ${subject}: ${reason}`)
}
