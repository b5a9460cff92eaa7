/** Prints a link that lets an operator in: the first one, or one who lost the password. */
import { createSetupLink } from '../access/setup-link.ts'
import type { HouseCommand } from './command.ts'
import type { Installation } from './installation.ts'

export const setupLink: HouseCommand = {
  name: 'setup-link',
  summary: 'Print a link that lets an operator in, once, within 30 minutes.',
  settings: ['data', 'public_url'],
  place: 'house',
  async run(_, installation, print) {
    print(await newSetupLink(installation))
  },
}

export async function newSetupLink({ data, services }: Installation): Promise<string> {
  const { setup_path, expires_at } = await createSetupLink(data)
  return `${services.public_url}${setup_path}  (until ${expires_at})`
}
