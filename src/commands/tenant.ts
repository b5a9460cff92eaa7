/** Founds, lists, suspends, closes and erases businesses from the machine's own keyboard. */
import type { Erasure } from '../lifecycle/erasure/schema.ts'
import type { CreatedTenant, Tenant } from '../tenants/schema.ts'
import { onPlatform } from './as-operator.ts'
import { required, text, UsageError, type HouseCommand, type Print } from './command.ts'
import type { Installation } from './installation.ts'

export const tenantCreate: HouseCommand = {
  name: 'tenant create',
  summary: 'Found a business; its first token and link are shown this once.',
  options: {
    name: { value: 'name', summary: 'Of the business.' },
    domain: { value: 'name', summary: 'Its short name, or a host of its own; made from the name.' },
    email: { value: 'email', summary: 'Of the person who owns it.' },
    sandbox: { summary: 'Simulated carriers and no money.' },
  },
  settings: ['data', 'public_url'],
  place: 'house',
  async run(words, installation, print) {
    const domain = text(words, 'domain')
    const created = await onPlatform<CreatedTenant>(installation, 'tenants.create', {
      name: required(words, 'name'),
      admin_email: required(words, 'email'),
      environment: words.options.sandbox ? 'sandbox' : 'live',
      ...(domain !== undefined && { domain }),
    })
    const { id, api_domains } = created.tenant
    print(`${id}  ${api_domains[0]}`)
    print(`A token that may do everything there: ${created.api_token}`)
    print(`The owner comes in by: ${installation.services.public_url}${created.setup_path}`)
  },
}

interface TenantPage {
  data: Tenant[]
  next_cursor: string | null
}

export const tenantList: HouseCommand = {
  name: 'tenant list',
  summary: 'List the businesses of this installation.',
  settings: ['data'],
  place: 'house',
  async run(_, installation, print) {
    let cursor: string | null = null
    do {
      const input = { limit: 100, ...(cursor !== null && { cursor }) }
      const page: TenantPage = await onPlatform(installation, 'tenants.list', input)
      for (const tenant of page.data) tell(tenant, print)
      cursor = page.next_cursor
    } while (cursor !== null)
  },
}

export const tenantSuspend: HouseCommand = {
  name: 'tenant suspend',
  summary: 'Let a business only read, until it is resumed.',
  arguments: ['tenant'],
  options: { reason: { value: 'words', summary: 'Shown to the business.' } },
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    await change(installation, 'tenants.suspend', words.arguments.tenant!, print, {
      reason: text(words, 'reason') ?? '',
    })
  },
}

export const tenantResume: HouseCommand = {
  name: 'tenant resume',
  summary: 'Let a suspended business write again.',
  arguments: ['tenant'],
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    await change(installation, 'tenants.resume', words.arguments.tenant!, print)
  },
}

export const tenantClose: HouseCommand = {
  name: 'tenant close',
  summary: 'Close a business: it can be read and reopened for a while, then it is erased.',
  arguments: ['tenant'],
  options: {
    reason: { value: 'words', summary: 'Shown to the business.' },
    grace: { value: 'days', summary: 'How long it can be reopened: 0 to 365, 30 unless told.' },
  },
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    const grace = text(words, 'grace')
    if (grace !== undefined && !/^\d{1,3}$/.test(grace)) {
      throw new UsageError(`--grace: "${grace}" is not a number of days.`)
    }
    await change(installation, 'tenants.close', words.arguments.tenant!, print, {
      reason: text(words, 'reason') ?? '',
      ...(grace !== undefined && { grace_days: Number(grace) }),
    })
  },
}

export const tenantReopen: HouseCommand = {
  name: 'tenant reopen',
  summary: 'Let a business go on that was closing.',
  arguments: ['tenant'],
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    await change(installation, 'tenants.reopen', words.arguments.tenant!, print)
  },
}

export const tenantErase: HouseCommand = {
  name: 'tenant erase',
  summary: 'Remove a business from every place, for ever, and print the certificate of it.',
  arguments: ['tenant'],
  options: {
    confirm: { value: 'short name', summary: 'The short name of the business, as a proof.' },
    reason: { value: 'words', summary: 'Kept on the certificate: name nobody in it.' },
  },
  settings: ['data', 'objects', 'replica', 'backups', 'master_key_file'],
  place: 'house',
  async run(words, installation, print) {
    const erasure = await onPlatform<Erasure>(installation, 'tenants.erase', {
      id: words.arguments.tenant!,
      confirm_slug: required(words, 'confirm'),
      reason: required(words, 'reason'),
    })
    const { id, state, last_error, certificate, signature } = erasure
    print(`${id}  ${state}`)
    if (last_error) print(`Not everything is gone, and it is tried again every hour: ${last_error}`)
    if (certificate) print(`${certificate}\nSignature: ${signature}`)
  },
}

async function change(
  installation: Installation,
  operation_id: string,
  id: string,
  print: Print,
  body: Record<string, unknown> = {},
): Promise<void> {
  tell(await onPlatform<Tenant>(installation, operation_id, { id, ...body }), print)
}

const tell = ({ id, slug, status, environment, name }: Tenant, print: Print): void =>
  print(`${id}  ${status.padEnd(9)}  ${environment.padEnd(7)}  ${slug}  ${name}`)
