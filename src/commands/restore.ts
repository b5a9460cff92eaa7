/** Brings back one tenant while the others work, or everything after the data folder was lost. */
import { systemClock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { listBackups } from '../replication/backup.ts'
import { restoreAll as restoreAllCopies, type RestoredAll } from '../replication/restore-all.ts'
import { restoreFromBackup, restoreTenantFromBackup } from '../replication/restore-backup.ts'
import { restoreTenant } from '../replication/restore.ts'
import { text, UsageError, type FreeCommand, type HouseCommand, type Print } from './command.ts'
import { backupTarget, litestreamOf, replicaTarget } from './installation.ts'
import { prove } from './prove.ts'
import type { Settings } from './settings.ts'

const to_time = { value: 'time', summary: 'What it was then, RFC 3339; the newest without it.' }
const from_backup = { value: 'id', summary: 'From this backup (or latest), not the copies.' }

export const restore: HouseCommand = {
  name: 'restore',
  summary: 'Bring one tenant back; what is replaced is kept beside it.',
  arguments: ['tenant'],
  options: {
    'to-time': to_time,
    backup: from_backup,
    'accept-loss': { summary: 'Go on although the last writes could not be copied first.' },
  },
  settings: ['data', 'replica', 'backups'],
  place: 'house',
  replicates: true,
  async run(words, { data, replication, settings }, print) {
    const tenant_id = words.arguments.tenant!
    const id = text(words, 'backup')
    if (id) {
      const target = backupTarget(settings)
      const what = { folder: data, replication, target, id: await backupId(settings, id) }
      const { replaced_file } = await restoreTenantFromBackup({ ...what, tenant_id, prove })
      return print(`${tenant_id} is what it was in ${what.id}; before: ${replaced_file}`)
    }
    if (!replication) throw new Problem('unavailable', 'There are no continuous copies here.')
    const restored = await restoreTenant({
      ...{ folder: data, replication, tenant_id, prove },
      to_time: text(words, 'to-time'),
      accept_loss: words.options['accept-loss'] === true,
    })
    print(`${tenant_id} is restored from ${restored.generation}.`)
    print(`What it was before is kept in ${restored.replaced_file}.`)
  },
}

export const restoreAll: FreeCommand = {
  name: 'restore-all',
  summary: 'Bring everything back into an empty data folder.',
  options: { 'to-time': to_time, backup: from_backup },
  settings: ['data', 'replica', 'backups', 'litestream'],
  place: 'free',
  async run(words, settings, print) {
    const { data: data_folder } = settings
    const id = text(words, 'backup')
    if (id) {
      const target = backupTarget(settings)
      const what = { data_folder, target, id: await backupId(settings, id), prove }
      return tell(await restoreFromBackup(what), print)
    }
    const target = replicaTarget(settings)
    const binary = litestreamOf(settings)
    if (!target || !binary) throw new UsageError('Say where the copies are, and have Litestream.')
    const result = await restoreAllCopies({
      ...{ data_folder, target, binary, prove, clock: systemClock },
      to_time: text(words, 'to-time'),
      onProgress: (subject) => print(subject),
    })
    return tell(result, print)
  },
}

/** `latest` is the newest backup that is whole. */
async function backupId(settings: Settings, wanted: string): Promise<string> {
  if (wanted !== 'latest') return wanted
  const whole = (await listBackups(backupTarget(settings))).filter((each) => !each.failed.length)
  const last = whole.at(-1)
  if (!last) throw new Problem('not_found', 'There is no whole backup.')
  return last.id
}

function tell({ restored, failed }: RestoredAll, print: Print): number {
  for (const { subject, reason } of failed) print(`BAD   ${subject}: ${reason}`)
  print(`${restored.length} files are restored, ${failed.length} are not.`)
  return failed.length > 0 ? 1 : 0
}
