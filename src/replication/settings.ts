/** Where copies of the data go, and how that place is named to Litestream. */
import { isAbsolute, join } from 'node:path'
import { invalid } from '../kit/problem.ts'
import { sha256Hex } from '../kit/secrets.ts'
import type { S3Settings } from '../objects/s3-client.ts'

export interface FolderTarget {
  kind: 'folder'
  /** Absolute; better on another disk than the data folder. */
  path: string
}

export type S3Target = S3Settings
export type ReplicaTarget = FolderTarget | S3Settings

/** What is replicated: `platform`, or `tenants/<id>`. Also its path below the target. */
export type Subject = string

export const platform_subject: Subject = 'platform'
export const tenantSubject = (tenant_id: string): Subject => `tenants/${tenant_id}`
export const tenantOf = (subject: Subject): string | undefined =>
  subject.startsWith('tenants/') ? subject.slice('tenants/'.length) : undefined

/**
 * Refuses what Litestream would silently put elsewhere: its `file:` URLs keep `%20` for a space,
 * so a folder with such characters would be written under another name (seen with 0.5.17).
 * @throws Problem `invalid`
 */
export function checkTarget(target: ReplicaTarget): ReplicaTarget {
  if (target.kind === 'folder') {
    if (!isAbsolute(target.path) || !/^[A-Za-z0-9/._~@+=-]+$/.test(target.path)) {
      throw invalid('/path', 'Use an absolute path of letters, digits and / . _ ~ @ + = - only.')
    }
    return target
  }
  if (!/^https?:\/\/[^/?#]+\/?$/.test(target.endpoint)) {
    throw invalid('/endpoint', 'The endpoint is http:// or https:// and a host, nothing more.')
  }
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(target.bucket)) {
    throw invalid('/bucket', `"${target.bucket}" is not a bucket name.`)
  }
  if (!/^([A-Za-z0-9_.-]+(\/[A-Za-z0-9_.-]+)*)?$/.test(target.prefix)) {
    throw invalid('/prefix', 'A prefix is letters, digits and _ . - separated by single slashes.')
  }
  return target
}

/** Tells two places apart, without the secrets that open them. */
export const targetId = (target: ReplicaTarget): string =>
  sha256Hex(
    target.kind === 'folder'
      ? `folder ${target.path}`
      : `s3 ${target.endpoint} ${target.bucket} ${target.prefix}`,
  ).slice(0, 16)

/** A place below the target, as a URL for Litestream. Holds no credentials: those are in the environment. */
export function replicaUrl(target: ReplicaTarget, subject: Subject, generation: string): string {
  if (target.kind === 'folder') return `file://${join(target.path, subject, generation)}`
  const path = [target.prefix, subject, generation].filter(Boolean).join('/')
  const query = new URLSearchParams({ endpoint: target.endpoint, region: target.region })
  return `s3://${target.bucket}/${path}?${query}`
}

/**
 * The whole environment of a Litestream process. Nothing else of ours goes in: `LOG_LEVEL`,
 * `LITESTREAM_*` and foreign `AWS_*` variables would change what it does.
 */
export function litestreamEnvironment(target: ReplicaTarget): Record<string, string> {
  const passed = [
    'PATH',
    'HOME',
    'TMPDIR',
    'SSL_CERT_FILE',
    'SSL_CERT_DIR',
    'HTTPS_PROXY',
    'NO_PROXY',
  ]
  const environment: Record<string, string> = {}
  for (const name of passed) {
    const value = process.env[name]
    if (value !== undefined) environment[name] = value
  }
  if (target.kind === 's3') {
    environment.AWS_ACCESS_KEY_ID = target.access_key_id
    environment.AWS_SECRET_ACCESS_KEY = target.secret_access_key
  }
  return environment
}

/**
 * The daemon's configuration, for ours and for one that runs as its own service. JSON, which is
 * YAML. Databases are not named here: they come and go over the socket.
 *
 * Its defaults are changed where they are wrong for us: snapshots are kept 30 days instead of one
 * (that is the reach of a restore in time), single syncs for an hour (so that the last hour can be
 * restored to the second, older times to half a minute), and old ones are looked for every hour
 * instead of every 15 seconds (each look lists every database's folder).
 */
export const litestreamConfiguration = (socket_path: string, guard?: string): string =>
  JSON.stringify(
    {
      socket: { enabled: true, path: socket_path, permissions: 0o600 },
      snapshot: { interval: '24h', retention: '720h' },
      'l0-retention': '1h',
      'l0-retention-check-interval': '1h',
      'shutdown-sync-timeout': '20s',
      logging: { level: 'info', type: 'json' },
      ...(guard === undefined ? {} : { exec: guard }),
    },
    null,
    2,
  )
