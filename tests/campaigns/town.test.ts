/** A town at the size of the gate; `TOWN_COMMANDS` and `TOWN_SEED` change it. */
import { expect, test } from 'bun:test'
import { runTown } from './town.ts'

const commands = Number(process.env.TOWN_COMMANDS ?? 800)
const seed = Number(process.env.TOWN_SEED ?? 20_261_122)

/** What has to succeed at least once: of what is done often, so that another seed does it too. */
const done = `
  members.add members.update members.remove invitations.send roles.create tokens.create
  domains.create plans.update tenant_plan.assign
  plan_overrides.set plan_overrides.remove requirements.add requirements.meet requirements.waive
  tenants.create tenants.suspend tenants.resume tenants.close tenants.reopen
  tenants.correct_usage mails.list staff.add`

/** What somebody has to be refused with. */
const refused = `
  forbidden unauthenticated last_owner limit_reached exceeds_own_rights feature_unavailable
  quota_exceeded duplicate_requirement`

const words = (text: string): string[] => text.trim().split(/\s+/)

test(
  `${commands} random commands over all businesses from seed ${seed} keep every invariant`,
  async () => {
    const { outcomes, undeclared, agreed, requests } = await runTown({ commands, seed })
    expect([...undeclared]).toEqual([])
    expect(agreed).toBeGreaterThan(requests / 3)
    const codes = new Set([...outcomes.values()].flatMap((known) => [...known.keys()]))
    expect(words(refused).filter((code) => !codes.has(code))).toEqual([])
    expect(words(done).filter((id) => !outcomes.get(id)?.has('ok'))).toEqual([])
  },
  120_000 + commands * 60,
)
