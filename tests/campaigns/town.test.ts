/** A town at the size of the gate; `TOWN_COMMANDS` and `TOWN_SEED` change it. */
import { expect, test } from 'bun:test'
import { runTown } from './town.ts'

const commands = Number(process.env.TOWN_COMMANDS ?? 1_000)
const seed = Number(process.env.TOWN_SEED ?? 20_261_122)

/** What has to succeed at least once. */
const done = `
  members.add members.update members.remove invitations.send invitations.resend roles.create
  roles.update tokens.create tokens.rotate organizations.create domains.create domains.verify
  plans.create plans.update plans.offer plans.move_subscribers tenant_plan.assign
  plan_overrides.set plan_overrides.remove features.switch_off flags.create flags.set_tenant
  requirements.add requirements.meet requirements.waive requirements.reopen
  tenants.create tenants.suspend tenants.resume tenants.close tenants.reopen
  tenants.correct_usage business.close sandboxes.create siblings.remove security.update
  mails.list staff.add staff.update`

/** What somebody has to be refused with. */
const refused = `
  forbidden unauthenticated last_owner limit_reached exceeds_own_rights feature_unavailable
  quota_exceeded role_in_use duplicate_requirement domain_not_proven plan_in_use`

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
