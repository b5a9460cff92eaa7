/** What is done inside a business: people, roles, tokens, domains, mail, its plan and its end. */
import type { Domain } from '../../../src/domains/schema.ts'
import { require } from '../simulation/model.ts'
import { command, type Command } from '../simulation/world.ts'
import { granted, type Business, type Limited, type Town } from './town.ts'

type Named = { id: string }
type Versioned = Named & { version: number }
type Role = Versioned & { permissions: string[] }
export type Generator = (town: Town) => Command | undefined | Promise<Command | undefined>

const scopes = `* *.read tokens.* roles.* members.* items.read items.write tokens.write roles.write
  members.write members.read plans.read organizations.* domains.* mails.* *.write`.split(/\s+/)
const built_in = ['owner', 'admin', 'member', 'developer', 'viewer']

const some = (town: Town): string[] =>
  [...new Set([town.random.pick(scopes), town.random.pick(scopes)])].slice(town.random.below(2))

/** The owner's token, or now and then one that may do less. */
function somebody(town: Town, business: Business): Limited {
  const all = { token: business.token, scopes: ['*'] }
  return town.random.chance(0.65) || business.limited.length === 0
    ? all
    : town.random.pick(business.limited)
}

/** Nobody makes somebody who may do more than himself. */
function requireNoMore(maker: Limited, made: readonly string[], what: string): void {
  const own = granted(maker.scopes)
  const more = [...granted(made)].filter((permission) => !own.has(permission))
  require(more.length === 0, `${what}: ${maker.scopes.join()} gave ${made.join()}`)
}

async function requireRole(
  town: Town,
  { token }: Business,
  maker: Limited,
  role: string,
): Promise<void> {
  const { body, status } = await town.send<Role>(`GET /v1/roles/${role}`, undefined, { token })
  if (status !== 200) return
  const plain = body.permissions.filter((pattern) => pattern.includes('*') || pattern.includes('.'))
  requireNoMore(maker, plain, `the role ${role}`)
}

function roleIn(town: Town, { roles }: Business): string {
  const own = town.random.chance(0.3) ? roles.pick()?.id : undefined
  return own ?? town.random.pick(built_in)
}

export const addMember: Generator = (town) => {
  const business = town.business()
  const maker = somebody(town, business)
  const role = roleIn(town, business)
  const body = { email: `p${town.random.below(60)}@town.test`, name: 'Pim', role }
  const asked = { token: maker.token, body }
  return command<Named>('members.add', asked, async ({ id }) => {
    business.members.keep({ id })
    await requireRole(town, business, maker, role)
  })
}

export const changeMember: Generator = async (town) => {
  const business = town.business()
  await seeMembers(town, business)
  const member = business.members.pick()
  if (!member) return undefined
  const maker = somebody(town, business)
  const role = roleIn(town, business)
  const asked = { token: maker.token, params: member, body: { role } }
  return command('members.update', { ...asked, params: { id: member.id } }, () =>
    requireRole(town, business, maker, role),
  )
}

/** The owner of the beginning, and those who came by an invitation, are members too. */
async function seeMembers(town: Town, { token, members }: Business): Promise<void> {
  const { body } = await town.send<{ data?: Named[] }>('GET /v1/members?limit=20', undefined, {
    token,
  })
  for (const { id } of body.data ?? []) members.keep({ id })
}

export const memberVerb =
  (verb: 'remove' | 'renew_setup_link' | 'end_sessions'): Generator =>
  (town) => {
    const business = town.business()
    const member = business.members.pick()
    if (!member) return undefined
    const { token } = somebody(town, business)
    return command(`members.${verb}`, { token, params: { id: member.id } })
  }

export const createRole: Generator = (town) => {
  const business = town.business()
  const maker = somebody(town, business)
  const permissions = some(town)
  const body = { name: `Role ${town.next()}`, permissions }
  return command<Versioned>('roles.create', { token: maker.token, body }, ({ id, version }) => {
    business.roles.keep({ id, version })
    requireNoMore(maker, permissions, 'a new role')
  })
}

export const changeRole: Generator = (town) => {
  const business = town.business(({ roles }) => roles.all().length > 0)
  const role = business.roles.pick()
  if (!role) return undefined
  const maker = somebody(town, business)
  const permissions = some(town)
  const asked = { token: maker.token, params: { id: role.id }, etag: '*', body: { permissions } }
  return command<Versioned>('roles.update', asked, ({ id, version }) => {
    business.roles.keep({ id, version })
    requireNoMore(maker, permissions, 'a changed role')
  })
}

export const removeRole: Generator = (town) => {
  const business = town.business(({ roles }) => roles.all().length > 0)
  const role = business.roles.pick()
  if (!role) return undefined
  const { token } = somebody(town, business)
  return command('roles.remove', { token, params: { id: role.id } })
}

export const invite: Generator = (town) => {
  const business = town.business()
  const maker = somebody(town, business)
  const role = roleIn(town, business)
  const body = { email: `guest${town.random.below(80)}@town.test`, role }
  return command<Named>('invitations.send', { token: maker.token, body }, async ({ id }) => {
    business.invitations.keep({ id })
    await requireRole(town, business, maker, role)
  })
}

export const invitationVerb =
  (verb: 'resend' | 'revoke'): Generator =>
  (town) => {
    const business = town.business(({ invitations }) => invitations.all().length > 0)
    const invitation = business.invitations.pick()
    if (!invitation) return undefined
    const { token } = somebody(town, business)
    return command(`invitations.${verb}`, { token, params: { id: invitation.id } })
  }

export const createToken: Generator = (town) => {
  const business = town.business()
  const maker = somebody(town, business)
  const wanted = some(town)
  const expires_at = town.random.chance(0.3) ? town.inDays(town.random.below(40)) : undefined
  const body = { name: `Token ${town.next()}`, scopes: wanted, ...(expires_at && { expires_at }) }
  const asked = { token: maker.token, body }
  return command<Named & { token: string }>('tokens.create', asked, ({ id, token }) => {
    requireNoMore(maker, wanted, 'a new token')
    business.tokens.keep({ id })
    business.limited.push({ token, scopes: wanted })
    if (business.limited.length > 6) business.limited.shift()
  })
}

export const tokenVerb =
  (verb: 'rotate' | 'revoke'): Generator =>
  (town) => {
    const business = town.business(({ tokens }) => tokens.all().length > 0)
    const token = business.tokens.pick()
    if (!token) return undefined
    const asked = { token: somebody(town, business).token, params: { id: token.id } }
    return command(`tokens.${verb}`, verb === 'rotate' ? { ...asked, body: {} } : asked)
  }

export const createOrganization: Generator = (town) => {
  const { token } = town.business()
  return command('organizations.create', { token, body: { name: `Part ${town.next()}` } })
}

export const addDomain: Generator = (town) => {
  const business = town.business()
  const body = { domain: `shop${town.random.below(25)}.example.test` }
  const asked = { token: business.token, body }
  return command<Domain>('domains.create', asked, ({ id, proof }) => {
    business.domains.keep({ id })
    if (proof && town.random.chance(0.8)) town.dns.set(proof.record, [proof.value])
  })
}

export const domainVerb =
  (verb: 'verify' | 'prefer' | 'release'): Generator =>
  (town) => {
    const business = town.business(({ domains }) => domains.all().length > 0)
    const domain = business.domains.pick()
    if (!domain) return undefined
    return command(`domains.${verb}`, { token: business.token, params: { id: domain.id } })
  }

export const lookAtMails: Generator = (town) => {
  const { token, mails } = town.business()
  const learn = ({ data }: { data: Named[] }) => data.forEach(({ id }) => mails.keep({ id }))
  return command('mails.list', { token, query: { limit: '10' } }, learn)
}

export const mailVerb =
  (verb: 'open' | 'resend' | 'cancel'): Generator =>
  (town) => {
    const business = town.business(({ mails }) => mails.all().length > 0)
    const mail = business.mails.pick()
    if (!mail) return undefined
    return command(`mails.${verb}`, { token: business.token, params: { id: mail.id } })
  }

export const ownPlan: Generator = (town) => {
  const { token } = town.business()
  const verb = town.random.pick(['change', 'try', 'keep'])
  const plan = town.plans.pick()?.code ?? 'starter'
  const body = { plan }
  return command(`plan.${verb}`, { token, ...(verb === 'change' && { body }) })
}

export const ownEnd: Generator = (town) => {
  const { id, token, name } = town.business()
  if (id === town.main || town.random.chance(0.6)) return command('business.reopen', { token })
  const body = { confirm_name: name, grace_days: town.random.pick([1, 5, 30]) }
  return command('business.close', { token, body })
}

export const fulfil: Generator = (town) => {
  const business = town.business(({ requirements }) => requirements.all().length > 0)
  const requirement = business.requirements.pick()
  if (!requirement) return undefined
  return command('capabilities.fulfil', { token: business.token, params: { id: requirement.id } })
}

export const sibling: Generator = (town) => {
  const business = town.business(({ parent_id }) => !parent_id)
  const kind = town.random.pick(['sandboxes', 'branches'])
  const expires_at = town.random.chance(0.5) ? { expires_at: town.inDays(9) } : {}
  const body = { name: `Beside ${town.next()}`, ...expires_at }
  type Made = Named & { api_token: string; slug: string; name: string }
  return command<Made>(`${kind}.create`, { token: business.token, body }, (made) =>
    town.keep({ ...made, parent_id: business.id }, made.api_token, ''),
  )
}

export const removeSibling: Generator = (town) => {
  const gone = town.business(({ parent_id }) => parent_id !== null)
  const { token } = town.businesses.get(gone.parent_id ?? '') ?? gone
  return command('siblings.remove', { token, params: { id: gone.id } })
}

export const work: Generator = (town) => {
  const { token } = somebody(town, town.business())
  const body = { sku: `SKU-${town.next()}`, name: 'Something' }
  return command('items.create', { token, body })
}

const looks = 'items.list members.list features.list plan.get usage.get capabilities.get'.split(' ')

export const look: Generator = (town) => {
  const { token } = somebody(town, town.business())
  return command(town.random.pick(looks), { token })
}

export const security: Generator = (town) => {
  const { token } = town.business()
  const body = { session_hours: 1 + town.random.below(100) }
  const more = town.random.chance(0.3) ? { require_two_factor: town.random.chance(0.5) } : {}
  return command('security.update', { token, etag: '*', body: { ...body, ...more } })
}
