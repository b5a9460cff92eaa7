/** Makes and revokes tokens from the machine's own keyboard. */
import { inTenant, onPlatform } from './as-operator.ts'
import { required, text, type HouseCommand } from './command.ts'

const tenant = {
  value: 'tenant',
  summary: 'The business it is for; without it, the platform.',
}

interface Issued {
  id: string
  token: string
}

export const tokenCreate: HouseCommand = {
  name: 'token create',
  summary: 'Make a token; it is shown this once.',
  options: {
    name: { value: 'name', summary: 'What it is for.' },
    tenant,
    scopes: { value: 'patterns', summary: 'Such as items.*,*.read; everything without it.' },
  },
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    const scopes = (text(words, 'scopes') ?? '*').split(',')
    const input = { name: required(words, 'name'), scopes }
    const tenant_id = text(words, 'tenant')
    const { id, token } = tenant_id
      ? await inTenant<Issued>(installation, tenant_id, 'tokens.create', input)
      : await onPlatform<Issued>(installation, 'platform_tokens.create', input)
    print(`${id}  ${token}`)
  },
}

export const tokenRevoke: HouseCommand = {
  name: 'token revoke',
  summary: 'End a token at once.',
  arguments: ['token'],
  options: { tenant },
  settings: ['data'],
  place: 'house',
  async run(words, installation, print) {
    const id = words.arguments.token!
    const tenant_id = text(words, 'tenant')
    if (tenant_id) await inTenant(installation, tenant_id, 'tokens.revoke', { id })
    else await onPlatform(installation, 'platform_tokens.revoke', { id })
    print(`${id} is revoked.`)
  },
}
