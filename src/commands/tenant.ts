/** Founds, lists, suspends and resumes businesses from the machine's own keyboard. */
import type { CreatedTenant, Tenant } from '../tenants/schema.ts'
import { onPlatform } from './as-operator.ts'
import { required, text, type HouseCommand, type Print } from './command.ts'
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
