/** Opens one installation as its settings say: files, services and every door. Used by all commands. */
import { mkdirSync, readFileSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import type { Logger } from 'pino'
import { DataFolder } from '../db/data-folder.ts'
import { keepPublicUrl } from '../domains/public-address.ts'
import { openHouse, type House } from '../house.ts'
import { systemClock, type Clock } from '../kit/clock.ts'
import { newId, type IdSource } from '../kit/id.ts'
import { CallMeter } from '../metering/calls/call-meter.ts'
import { openObjects } from '../objects/open-objects.ts'
import { readRange } from '../kit/ip-ranges.ts'
import type { InstallationRates } from '../operations/rate-limit.ts'
import type { Services } from '../operations/services.ts'
import { openCopies } from '../replication/copies.ts'
import { Replication } from '../replication/replication.ts'
import type { ReplicaTarget, S3Target } from '../replication/settings.ts'
import { findLitestream } from '../replication/supervise.ts'
import { openFeatures, openTerms } from '../terms.ts'
import { finishPending } from '../tenants/finish-pending.ts'
import { UsageError } from './command.ts'
import { masterKey } from './master-key.ts'
import type { Settings } from './settings.ts'

export interface Installation {
  readonly settings: Settings
  readonly data: DataFolder
  readonly services: Services
  readonly house: House
  readonly log: Logger
  /** Undefined when copies are off, or Litestream was not found. */
  readonly replication: Replication | undefined
  close(): Promise<void>
}

export interface OpenOptions {
  /** Told once when another process holds the data folder. */
  onWait: () => void
  /** Only the server copies continuously; a command that needs copies asks for it. */
  replicate: boolean
  /** The system's, unless a demonstration lives through its past. */
  clock?: Clock
  ids?: IdSource
}

export async function openInstallation(
  settings: Settings,
  log: Logger,
  { onWait, replicate, clock = systemClock, ids = newId }: OpenOptions,
): Promise<Installation> {
  const { open_files } = settings
  const data = await DataFolder.open(settings.data, { open_files, onWait, clock, ids })
  try {
    await keepPublicUrl(data, settings.public_url)
    let replication: Replication | undefined
    const copies = openCopies({
      data,
      places: () => ({ replica: replicaTarget(settings), backups: backupTarget(settings) }),
      replication: () => replication,
    })
    const copying = () => replication?.status()
    const services = { ...servicesOf(settings, data), copying, copies }
    await finishPending(data, services.objects, (err, tenant_id) =>
      log.error({ err, tenant_id }, 'what a crash left of a founding could not be removed'),
    )
    const calls = new CallMeter(data, log)
    const house = openHouse({ data, services, log, rates: ratesOf(settings), calls })
    replication = replicate ? await startReplication(settings, data, log) : undefined
    const close = async () => {
      await calls.stop()
      await replication?.stop()
      await house.close()
    }
    return { settings, data, services, house, log, replication, close }
  } catch (error) {
    await data.close()
    throw error
  }
}

function servicesOf(settings: Settings, data: DataFolder): Services {
  const scratch_folder = join(data.path, 'scratch')
  mkdirSync(scratch_folder, { recursive: true, mode: 0o700 })
  const folderOf = (tenant_id: string) => data.tenants.folderOf(tenant_id)
  const place =
    settings.objects === 'local' ? { kind: 'local' as const } : bucketOf(settings, 'objects')
  return {
    objects: openObjects(place, { folderOf, scratch_folder }),
    public_url: settings.public_url,
    mail: mailOf(settings),
    terms: openTerms(data),
    features: openFeatures(data),
    master_key: masterKey(settings.master_key_file),
    private_hosts: settings.private_hosts.split(',').filter(Boolean),
    simulator_url: simulatorUrl(settings),
    sign_up: settings.sign_up === 'off' ? undefined : settings.sign_up,
    trusted_proxies: settings.trusted_proxies
      .split(',')
      .filter(Boolean)
      .flatMap((text) => [readRange(text)!]),
  }
}

/** Who carries our mail; undefined when nobody does. */
export const mailOf = ({ smtp_url, mail_from, smtp_ca_file }: Settings): Services['mail'] =>
  smtp_url
    ? {
        smtp_url,
        from: mail_from,
        ...(smtp_ca_file && { ca: readFileSync(smtp_ca_file, 'utf8') }),
      }
    : undefined

/** Zero means that there is no such limit; five times of a second may come at once. */
function ratesOf(settings: Settings): InstallationRates {
  const { rate_organization_per_second, rate_tenant_per_second } = settings
  const { rate_total_per_second: per_second, rate_reserved_percent: reserved_percent } = settings
  const of = (per_second: number) => ({ per_second, burst: per_second * 5 })
  return {
    token: { per_second: settings.rate_per_second, burst: settings.rate_burst },
    ...(rate_organization_per_second && { organization: of(rate_organization_per_second) }),
    ...(rate_tenant_per_second && { tenant: of(rate_tenant_per_second) }),
    ...(per_second && { total: { per_second, reserved_percent } }),
  }
}

/** Where simulated carriers are reached; undefined when there are none. */
const simulatorUrl = ({ simulator }: Settings): string | undefined => {
  if (simulator === 'off') return undefined
  return /^\d+$/.test(simulator) ? `http://127.0.0.1:${simulator}` : simulator
}

/** Where continuous copies go; undefined when they are off. */
export const replicaTarget = (settings: Settings): ReplicaTarget | undefined =>
  settings.replica === 'off' ? undefined : targetOf(settings, 'replica')

/** Whole copies go below `backups/` there. */
export const backupTarget = (settings: Settings): ReplicaTarget => targetOf(settings, 'backups')

function targetOf(settings: Settings, name: 'replica' | 'backups'): ReplicaTarget {
  const place = settings[name]
  if (place.startsWith('s3://')) return bucketOf(settings, name)
  if (isAbsolute(place)) return { kind: 'folder', path: place }
  throw new UsageError(`${name}: "${place}" is not an absolute folder or s3://bucket/prefix.`)
}

function bucketOf(settings: Settings, name: 'objects' | 'replica' | 'backups'): S3Target {
  const match = /^s3:\/\/([^/]+)\/?(.*?)\/?$/.exec(settings[name])
  if (!match) throw new UsageError(`${name}: "${settings[name]}" is not s3://bucket/prefix.`)
  if (!settings.s3_endpoint) throw new UsageError(`${name} is in S3: set s3_endpoint too.`)
  return {
    kind: 's3',
    endpoint: settings.s3_endpoint,
    bucket: match[1]!,
    prefix: match[2]!,
    region: settings.s3_region,
    access_key_id: settings.s3_access_key_id,
    secret_access_key: settings.s3_secret_access_key,
  }
}

/** The Litestream that the settings name, or the one that is found. */
export const litestreamOf = ({ litestream }: Settings): string | undefined =>
  litestream || findLitestream()

async function startReplication(
  settings: Settings,
  folder: DataFolder,
  log: Logger,
): Promise<Replication | undefined> {
  const target = replicaTarget(settings)
  if (!target) return undefined
  const binary = litestreamOf(settings)
  if (!binary) {
    log.warn('Litestream was not found: nothing is copied continuously')
    return undefined
  }
  const socket_path = settings.litestream_socket
  return Replication.start({
    folder,
    target,
    binary,
    mode: socket_path ? { kind: 'external', socket_path } : { kind: 'supervised' },
    log: (level, message, facts) => log[level]({ litestream: facts }, message),
    onAlert: (alert) => log.warn(alert, 'replication needs attention'),
  })
}
