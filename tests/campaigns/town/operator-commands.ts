/** What the operator does: plans, exceptions, switches, requirements, and the life of businesses. */
import { feature_names } from '../../../src/kit/terms.ts'
import type { CreatedTenant } from '../../../src/tenants/schema.ts'
import { command } from '../simulation/world.ts'
import type { Generator } from './people-commands.ts'
import { zones, type Town } from './town.ts'

type Named = { id: string }
type Versioned = Named & { version: number }
type Plan = Versioned & { code: string }

/** More would only make it slow. */
const most_living = 9

const entitlements = ({ random }: Town) => ({
  features: feature_names.filter(() => random.chance(0.75)),
  limits: random.chance(0.6) ? { seats: 2 + random.below(6), tenants: 1 + random.below(4) } : {},
  quotas: {
    ...(random.chance(0.4) && {
      api_calls: { included: 40 + random.below(400), hard: random.chance(0.6) },
    }),
    ...(random.chance(0.3) && { jobs: { included: 20, hard: false } }),
  },
  overage: {},
  rates: {},
  highlights: [],
})

export const createPlan: Generator = (town) => {
  const { random } = town
  const body = {
    ...{ code: `plan_${town.next()}`, family: 'town', position: random.below(10) },
    ...{ is_public: true, is_self_service: random.chance(0.8), name: 'A plan', summary: '' },
    price: random.chance(0.7) ? { amount: random.below(9_000), currency: 'USD' } : null,
    ...{ interval: 'month', trial_days: random.pick([0, 7, 30]) },
    entitlements: entitlements(town),
  }
  return command<Plan>('plans.create', { body }, (plan) => town.plans.keep(plan))
}

export const changePlan: Generator = (town) => {
  const plan = town.plans.pick()
  if (!plan) return undefined
  const body = town.random.chance(0.6)
    ? { entitlements: entitlements(town) }
    : { trial_days: town.random.below(40), summary: `Of ${town.next()}` }
  const asked = { params: { id: plan.id }, etag: '*', body }
  return command<Plan>('plans.update', asked, (reply) => town.plans.keep(reply))
}

export const planVerb =
  (verb: 'offer' | 'retire' | 'remove' | 'move_subscribers'): Generator =>
  (town) => {
    const plan = town.plans.pick()
    if (!plan) return undefined
    const asked = { params: { id: plan.id } }
    const body = { reason: 'All get the newest.' }
    return command(`plans.${verb}`, verb === 'move_subscribers' ? { ...asked, body } : asked)
  }

export const assign: Generator = (town) => {
  const { id } = town.business()
  const when = town.random.pick(['now', 'now', 'period_end'])
  const body = { plan: town.plans.pick()?.code ?? 'starter', when }
  return command('tenant_plan.assign', { params: { id }, body })
}

export const planOf =
  (verb: 'remove' | 'keep'): Generator =>
  (town) =>
    command(`tenant_plan.${verb}`, { params: { id: town.business().id } })

export const override: Generator = (town) => {
  const { random } = town
  const { id } = town.business()
  const wish = random.pick([
    { kind: 'limit', name: 'seats', value: random.below(9) },
    { kind: 'limit', name: 'tenants', value: 1 + random.below(5) },
    { kind: 'limit', name: 'seats', value: null },
    { kind: 'feature', name: random.pick(feature_names), value: random.chance(0.7) },
    { kind: 'quota', name: 'api_calls', value: { included: 1 + random.below(30), hard: true } },
    { kind: 'quota', name: 'api_calls', value: null },
  ])
  const ends_at = random.chance(0.5) ? { ends_at: town.inDays(1 + random.below(30)) } : {}
  const body = { ...wish, reason: 'Agreed on.', ...ends_at }
  const asked = { params: { id }, body }
  return command<Named>('plan_overrides.set', asked, (one) => town.overrides.keep({ id: one.id }))
}

export const removeOverride: Generator = (town) => {
  const one = town.overrides.pick()
  return one && command('plan_overrides.remove', { params: { id: one.id } })
}

export const killSwitch: Generator = (town) => {
  const params = { feature: town.random.pick(feature_names) }
  if (town.random.chance(0.75)) return command('features.switch_on', { params })
  return command('features.switch_off', { params, body: { reason: 'It is broken.' } })
}

export const createFlag: Generator = (town) => {
  const percentage = town.random.below(101)
  const body = { feature: town.random.pick(feature_names), percentage, reason: 'Rolled out.' }
  return command<Versioned>('flags.create', { body }, (flag) => town.flags.keep(flag))
}

export const changeFlag: Generator = (town) => {
  const flag = town.flags.pick()
  if (!flag) return undefined
  const params = { id: flag.id }
  const named = { id: flag.id, tenant_id: town.business().id }
  return town.random.pick([
    command('flags.update', { params, etag: '*', body: { percentage: town.random.below(101) } }),
    command('flags.set_tenant', { params: named, body: { is_on: town.random.chance(0.6) } }),
    command('flags.unset_tenant', { params: named }),
    command('flags.remove', { params }),
  ])
}

const codes = ['owner_came_in', 'second_factor', 'terms_accepted', 'terms_signed', 'our_own']

export const addRequirement: Generator = (town) => {
  const { random } = town
  const business = town.business()
  const code = random.pick(codes)
  const due_at = random.chance(0.7) ? { due_at: town.inDays(1 + random.below(20)) } : {}
  const own =
    code === 'our_own' ? { title: 'Ours', met_by: random.pick(['operator', 'tenant']) } : {}
  const body = { code, capabilities: [random.pick(feature_names)], ...own, ...due_at }
  const asked = { params: { id: business.id }, body }
  return command<Named>('requirements.add', asked, ({ id }) => business.requirements.keep({ id }))
}

export const requirementVerb =
  (verb: 'meet' | 'waive' | 'reopen'): Generator =>
  (town) => {
    const business = town.business(({ requirements }) => requirements.all().length > 0)
    const requirement = business.requirements.pick()
    if (!requirement) return undefined
    const due = town.random.chance(0.6) ? { due_at: town.inDays(town.random.below(9)) } : {}
    const body = verb === 'reopen' ? due : { note: 'Seen.' }
    return command(`requirements.${verb}`, { params: { id: requirement.id }, body })
  }

/** Who may be asked for each: now and then nobody is, and then the refusal is what is looked at. */
const life_of = {
  suspend: ['onboarding', 'active', 'restricted'],
  resume: ['suspended'],
  close: ['onboarding', 'active', 'restricted', 'suspended'],
  reopen: ['closing'],
}

export const life =
  (verb: 'suspend' | 'resume' | 'close' | 'reopen'): Generator =>
  (town) => {
    const statuses = town.statuses()
    const able = life_of[verb]
    const { id } = town.business((one) => able.includes(statuses.get(one.id)!))
    if (verb === 'close' && id === town.main) return undefined
    const bodies = {
      suspend: { reason: 'Not paid.' },
      close: { reason: 'Asked for.', grace_days: town.random.pick([1, 3, 30]) },
    }
    const body = verb === 'suspend' || verb === 'close' ? { body: bodies[verb] } : {}
    return command(`tenants.${verb}`, { params: { id }, ...body })
  }

export const found: Generator = (town) => {
  if (town.businesses.size >= most_living) return undefined
  const { random } = town
  const name = `Founded ${town.next()}`
  const plan = random.chance(0.6) ? { plan: town.plans.pick()?.code ?? 'starter' } : {}
  const place = { time_zone: random.pick(zones), environment: random.pick(['live', 'sandbox']) }
  const body = { name, admin_email: `ida${town.next()}@town.test`, ...plan, ...place }
  return command<CreatedTenant>('tenants.create', { body }, (made) => town.learn(made))
}

export const move: Generator = (town) => {
  const body = { time_zone: town.random.pick(zones) }
  return command('tenants.update', { params: { id: town.business().id }, etag: '*', body })
}

/** The first business stays: its people are those who sign in. */
export const erase: Generator = (town) => {
  const gone = town.business(({ id, parent_id }) => id !== town.main && !parent_id)
  if (gone.id === town.main || gone.parent_id) return undefined
  const body = { confirm_slug: gone.slug, reason: 'It wanted to go.' }
  return command('tenants.erase', { params: { id: gone.id }, body })
}

/** Up to two months back, so that it falls on days with 23 and 25 hours too. */
export const correctUsage: Generator = (town) => {
  const { id } = town.business()
  const day = town.inDays(-town.random.below(60)).slice(0, 10)
  const quantity = 1 + town.random.below(9)
  const body = { meter: 'jobs', quantity, reason: 'Counted by hand.', day }
  return command('tenants.correct_usage', { params: { id }, body })
}

export const staff: Generator = (town) => {
  const member = town.staff.pick()
  const role = town.random.pick(['operator', 'support'])
  if (!member || town.random.chance(0.4)) {
    const body = { email: `staff${town.random.below(12)}@operator.test`, name: 'Kim', role }
    return command<Named>('staff.add', { body }, ({ id }) => town.staff.keep({ id }))
  }
  const params = { id: member.id }
  return town.random.chance(0.5)
    ? command('staff.update', { params, body: { role } })
    : command('staff.remove', { params })
}

const looks = `platform.overview tenants.list requirements.list tenants.list flags.list
  plans.list erasures.list platform_audit.list platform_mails.list`.split(/\s+/)

export const look: Generator = (town) => command(town.random.pick(looks), {})
