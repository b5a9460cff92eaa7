/** Asks the DNS for the TXT texts of a name. */
import { Resolver } from 'node:dns/promises'
import { second_ms } from '../kit/clock.ts'

/** There is an answer, and it says: no such texts. */
const nothing_there = new Set(['ENOTFOUND', 'ENODATA'])

/**
 * @param servers `['127.0.0.1:5353']`; those of the system unless told
 * @returns what finds the texts of a name; it throws when the DNS gave no answer at all
 */
export function openTexts(servers?: readonly string[]): (name: string) => Promise<string[]> {
  const resolver = new Resolver({ timeout: 3 * second_ms, tries: 2 })
  if (servers) resolver.setServers(servers)
  return async (name) => {
    try {
      // A long text comes in pieces.
      return (await resolver.resolveTxt(name)).map((pieces) => pieces.join(''))
    } catch (error) {
      if (nothing_there.has((error as { code?: string }).code ?? '')) return []
      throw error
    }
  }
}

export const systemTexts = openTexts()
