/** Founds businesses from the machine's own keyboard. */
import { systemScope } from '../db/scope.ts'
import { foundTenant } from '../tenants/found.ts'
import { required, UsageError, type HouseCommand } from './command.ts'

export const tenantCreate: HouseCommand = {
  name: 'tenant create',
  summary: 'Found a business; its first token is shown this once.',
  options: {
    name: { value: 'name', summary: 'Of the business.' },
    slug: { value: 'slug', summary: 'Its short name, for addresses.' },
    email: { value: 'email', summary: 'Of the person who looks after it.' },
    live: { summary: 'Real carriers and real money; a sandbox without it.' },
  },
  settings: ['data'],
  place: 'house',
  async run(words, { data }, print) {
    const slug = required(words, 'slug')
    if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(slug)) {
      throw new UsageError('--slug is lower-case letters, digits and hyphens.')
    }
    const founded = await foundTenant(data, systemScope('command-line'), {
      name: required(words, 'name'),
      slug,
      admin_email: required(words, 'email'),
      environment: words.options.live ? 'live' : 'sandbox',
    })
    print(`${founded.id}  ${founded.token}`)
  },
}
