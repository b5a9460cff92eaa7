/** Every setting of the installation, where it can be given, and where its value came from. */
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readRange } from '../kit/ip-ranges.ts'
import { UsageError } from './command.ts'

export type Origin = 'flag' | 'environment' | 'file' | 'default'

interface Setting<T> {
  summary: string
  /** Made from the settings before it in the table. */
  fallback: (given: Settings) => T
  /** @throws UsageError when the text is not one of these */
  read: (text: string) => T
  secret?: true
}

const asText = (value: string): string => value
const asPath = (value: string): string => resolve(value)

const asCount = (least: number, most: number) => (value: string) => {
  const number = Number(value)
  if (/^\d+$/.test(value) && number >= least && number <= most) return number
  throw new UsageError(`"${value}" is not a whole number from ${least} to ${most}.`)
}

const asRanges = (value: string): string => {
  const wrong = value.split(',').find((text) => text && !readRange(text))
  if (wrong === undefined) return value
  throw new UsageError(`"${wrong}" is not an address or a range such as 10.0.0.0/8.`)
}

const log_levels = ['debug', 'info', 'warn', 'error'] as const
const asLogLevel = (value: string) => {
  const level = log_levels.find((known) => known === value)
  if (level) return level
  throw new UsageError(`"${value}" is not one of ${log_levels.join(', ')}.`)
}

/** Not the next port: that is where people put the next thing. */
const simulator_above = 10_000

const sign_ups = ['off', 'sandbox', 'live'] as const
type SignUp = (typeof sign_ups)[number]
const asSignUp = (value: string): SignUp => {
  const choice = sign_ups.find((known) => known === value)
  if (choice) return choice
  throw new UsageError(`"${value}" is not one of ${sign_ups.join(', ')}.`)
}

const asSimulator = (value: string): string => {
  if (value === 'off') return value
  return /^\d+$/.test(value) ? String(asCount(1, 65_535)(value)) : asUrl(value)
}

function asUrl(value: string): string {
  if (!/^https?:\/\/[^/?#]+\/?$/.test(value) || !URL.canParse(value)) {
    throw new UsageError(`"${value}" is not http:// or https:// and a host, nothing more.`)
  }
  return value.replace(/\/$/, '')
}

function asSmtpUrl(value: string): string {
  if (value === '') return value
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url && /^smtps?:$/.test(url.protocol) && url.hostname) return value
  // The address holds a password: it is not repeated.
  throw new UsageError('it is not smtp://user:password@host:587 or smtps://…')
}

const asSender = (value: string): string => {
  if (/^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/.test(value)) return value
  throw new UsageError(`"${value}" is not an address such as no-reply@example.com.`)
}

const setting = <T>(
  summary: string,
  fallback: (given: Settings) => T,
  read: (text: string) => T,
  kind: { secret?: true } = {},
): Setting<T> => ({ summary, fallback, read, ...kind })

export const setting_table = {
  data: setting('Where everything is kept.', () => resolve('data'), asPath),
  host: setting('The address to listen at.', () => '127.0.0.1', asText),
  port: setting('The port to listen at.', () => 3210, asCount(0, 65_535)),
  public_url: setting(
    'Where people reach this installation.',
    ({ port }) => `http://localhost:${port}`,
    asUrl,
  ),
  master_key_file: setting(
    'The key that seals credentials; made at the first start.',
    ({ data }) => join(data, 'master.key'),
    asPath,
  ),
  open_files: setting('Tenant files kept open at once.', () => 1_024, asCount(8, 100_000)),
  log_level: setting('debug, info, warn or error.', (): LogLevel => 'info', asLogLevel),
  rate_per_second: setting('Requests a second for one token.', () => 200, asCount(1, 1_000_000)),
  rate_burst: setting('Requests of one token at once.', () => 1_000, asCount(1, 1_000_000)),
  rate_organization_per_second: setting(
    'Requests a second for one organization, five times that at once; 0 for no limit.',
    () => 0,
    asCount(0, 200_000),
  ),
  rate_tenant_per_second: setting(
    'Requests a second for one business, five times that at once; 0 for no limit.',
    () => 0,
    asCount(0, 200_000),
  ),
  rate_total_per_second: setting(
    'Requests a second for all together; 0 for no limit.',
    () => 0,
    asCount(0, 1_000_000),
  ),
  rate_reserved_percent: setting(
    'The share of rate_total_per_second that is kept for those who pay.',
    () => 20,
    asCount(0, 90),
  ),
  smtp_url: setting(
    'The mail server, smtp://user:password@host:587; without one, mails are kept on a page.',
    () => '',
    asSmtpUrl,
    { secret: true },
  ),
  mail_from: setting(
    'The sender of mails.',
    ({ public_url }) => `no-reply@${new URL(public_url).hostname}`,
    asSender,
  ),
  smtp_ca_file: setting('Certificate authority of the mail server, as PEM.', () => '', asText),
  objects: setting('Labels and documents: local, or s3://bucket/prefix.', () => 'local', asText),
  replica: setting(
    'Continuous copies: off, a folder, or s3://bucket/prefix.',
    ({ data }) => join(data, 'replica'),
    asText,
  ),
  backups: setting(
    'Whole copies go below backups/ in this folder or s3://bucket/prefix.',
    ({ data }) => data,
    asText,
  ),
  sign_up: setting(
    'What strangers may found by themselves: off, sandbox or live.',
    (): SignUp => 'off',
    asSignUp,
  ),
  simulator: setting(
    'Simulated carriers for sandboxes: off, a port of this machine, or the address of some.',
    ({ port }) => (port && port <= 65_535 - simulator_above ? `${port + simulator_above}` : 'off'),
    asSimulator,
  ),
  private_hosts: setting(
    'Names and ranges that webhooks and simulated carriers may reach although they are not public, with commas.',
    () => '',
    asText,
  ),
  trusted_proxies: setting(
    'Addresses and ranges of proxies in front of us, with commas.',
    () => '',
    asRanges,
  ),
  litestream: setting('The program that copies; found by itself.', () => '', asText),
  litestream_socket: setting('Socket of a Litestream that we do not run.', () => '', asText),
  s3_endpoint: setting('The S3 server, with its scheme.', () => '', asText),
  s3_region: setting('The S3 region.', () => 'us-east-1', asText),
  s3_access_key_id: setting('The S3 key.', () => '', asText),
  s3_secret_access_key: setting('The S3 secret.', () => '', asText, { secret: true }),
} satisfies Record<string, Setting<string> | Setting<number> | Setting<LogLevel> | Setting<SignUp>>

type LogLevel = (typeof log_levels)[number]
export type SettingName = keyof typeof setting_table

export interface Settings {
  data: string
  host: string
  port: number
  public_url: string
  master_key_file: string
  open_files: number
  log_level: LogLevel
  rate_per_second: number
  rate_burst: number
  rate_organization_per_second: number
  rate_tenant_per_second: number
  rate_total_per_second: number
  rate_reserved_percent: number
  smtp_url: string
  mail_from: string
  smtp_ca_file: string
  objects: string
  replica: string
  backups: string
  sign_up: SignUp
  simulator: string
  private_hosts: string
  trusted_proxies: string
  litestream: string
  litestream_socket: string
  s3_endpoint: string
  s3_region: string
  s3_access_key_id: string
  s3_secret_access_key: string
}

export const setting_names = Object.keys(setting_table) as SettingName[]

export const setting_summaries = Object.fromEntries(
  setting_names.map((name) => [name, setting_table[name].summary]),
) as Record<SettingName, string>

export interface ReadSettings {
  settings: Settings
  origins: Record<SettingName, Origin>
}

export const settings_file = 'stowage.json'

/**
 * Flags win over `STOWAGE_*`, which win over `stowage.json` in the data folder, which wins over
 * what we chose.
 */
export function readSettings(
  flags: Partial<Record<SettingName, string>>,
  environment: Record<string, string | undefined>,
): ReadSettings {
  refuseUnknown(
    Object.keys(environment).filter((name) => name.startsWith('STOWAGE_')),
    (name) => name.slice('STOWAGE_'.length).toLowerCase(),
  )
  const settings: Record<string, unknown> = {}
  const origins: Record<string, Origin> = {}
  let file: Record<string, unknown> = {}
  for (const name of setting_names) {
    const { read, fallback } = setting_table[name]
    const places: [Origin, unknown][] = [
      ['flag', flags[name]],
      ['environment', environment[`STOWAGE_${name.toUpperCase()}`]],
      ['file', file[name]],
    ]
    const [origin, value] = places.find(([, value]) => value !== undefined) ?? ['default']
    origins[name] = origin
    settings[name] =
      value === undefined
        ? fallback(settings as never)
        : explain(name, origin, () => read(`${value as string}`))
    if (name === 'data') file = readFile(settings.data as string)
  }
  return { settings: settings as never, origins: origins as ReadSettings['origins'] }
}

function explain<T>(name: string, origin: Origin, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new UsageError(`${name} (from ${origin}): ${(error as Error).message}`)
  }
}

function readFile(data: string): Record<string, unknown> {
  const path = join(data, settings_file)
  if (!existsSync(path)) return {}
  const content = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  if ('data' in content) throw new UsageError(`${path} lies in the data folder and cannot name it.`)
  refuseUnknown(Object.keys(content), (name) => name)
  return content
}

function refuseUnknown(names: string[], toSetting: (name: string) => string): void {
  const unknown = names.find((name) => !(toSetting(name) in setting_table))
  if (unknown) throw new UsageError(`There is no setting ${unknown}.`)
}

/** The same settings for a process that we start. */
export const environmentOf = (settings: Settings): Record<string, string> =>
  Object.fromEntries(
    setting_names.map((name) => [`STOWAGE_${name.toUpperCase()}`, String(settings[name])]),
  )
