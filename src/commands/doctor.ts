/** Looks at the machine and at every file, changes nothing, and says what is wrong. */
import type { FreeCommand } from './command.ts'
import { checks, type Finding } from './doctor-checks.ts'

const marks: Record<Finding['state'], string> = { good: 'good', warning: 'WARN', bad: 'BAD ' }

export const doctor: FreeCommand = {
  name: 'doctor',
  summary: 'Look at the machine and every file, and say what is wrong.',
  options: { json: { summary: 'Say it as JSON.' } },
  settings: [
    'data',
    'master_key_file',
    'replica',
    'litestream',
    'litestream_socket',
    'smtp_url',
    'mail_from',
    'smtp_ca_file',
  ],
  place: 'free',
  async run({ options }, settings, print) {
    const findings: Finding[] = []
    for (const [name, check] of Object.entries(checks)) {
      findings.push({ name, ...(await examine(() => check(settings))) })
    }
    if (options.json) print(JSON.stringify(findings, null, 2))
    else
      for (const { name, state, detail } of findings) print(`${marks[state]}  ${name}: ${detail}`)
    return findings.some(({ state }) => state === 'bad') ? 1 : 0
  },
}

/** A check that cannot be made is a finding too. */
async function examine(check: () => Promise<Omit<Finding, 'name'>> | Omit<Finding, 'name'>) {
  try {
    return await check()
  } catch (error) {
    return { state: 'bad' as const, detail: (error as Error).message }
  }
}
