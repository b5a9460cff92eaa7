/** The console's pages for tokens: of a business, and of the platform. */
import type { TypedOperation } from '../../operations/operation.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Fields,
  type RoomPages,
} from '../../operations/page.ts'
import { tokenShownView } from '../../../views/access/shown-once.tsx'
import { tokensView } from '../../../views/access/tokens.tsx'
import { listUrl } from '../list-url.ts'
import {
  platformTokensCreate,
  platformTokensList,
  platformTokensRevoke,
  platformTokensRotate,
  tokensCreate,
  tokensList,
  tokensRevoke,
  tokensRotate,
} from './api.ts'

/** Tokens of a business and of the platform have the same pages over their own operations. */
interface TokenDesk {
  path: string
  group: string
  platform: boolean
  list: typeof tokensList
  create: typeof tokensCreate | typeof platformTokensCreate
  rotate: typeof tokensRotate
  revoke: typeof tokensRevoke
}

function tokenDesk(desk: TokenDesk): RoomPages {
  const { path } = desk
  const show = page({
    route: `GET /${path}`,
    title: 'Tokens',
    nav: {
      group: desk.group,
      label: 'Tokens',
      icon: 'key',
      permission: 'tokens.read',
      ...(desk.platform && { level: 'platform' as const }),
    },
    show: (visit) =>
      tokensView({
        path: `/${path}`,
        url: listUrl(visit, `/${path}`),
        state: formState(visit),
        organizations:
          visit.visitor.principal.level === 'tenant' ? visit.visitor.organizations : [],
        may_write: visit.may('tokens.write'),
        has_attention: visit.ask(desk.list, { attention: 'any', limit: 1 }).data.length > 0,
        tokens: visit.ask(desk.list, visit.query(desk.list)),
      }),
  })
  const shown = { title: 'The new token', to: `/${path}` }
  return {
    pages: [show],
    forms: [
      form({
        route: `POST /${path}`,
        again: show,
        submit: submission(
          desk.create as TypedOperation<'write', never, { token: string; name: string }>,
          readToken,
          ({ token, name }) => ({
            ...shown,
            show: tokenShownView({ token, name, back: shown.to }),
          }),
        ),
      }),
      form({
        route: `POST /${path}/:id/rotate`,
        again: show,
        submit: submission(
          desk.rotate,
          (fields, { id }) => ({ id, overlap_s: given(fields, 'overlap_s') }),
          ({ token, name }) => ({
            ...shown,
            show: tokenShownView({ token, name, back: shown.to }),
          }),
        ),
      }),
      form({
        route: `POST /${path}/:id/revoke`,
        again: show,
        submit: submission(
          desk.revoke,
          (_, { id }) => ({ id }),
          ({ name }) => ({ to: shown.to, say: `The token “${name}” has ended.` }),
        ),
      }),
    ],
  }
}

/** Scopes and addresses are written one to a line or separated by spaces. */
const words = (fields: Fields, name: string): string[] =>
  (fields.get(name) ?? '').split(/[\s,]+/).filter(Boolean)

function readToken(fields: Fields): unknown {
  const allowed_ips = words(fields, 'allowed_ips')
  const day = given(fields, 'expires_on')
  const organization_id = given(fields, 'organization_id')
  return {
    name: given(fields, 'name') ?? '',
    scopes: words(fields, 'scopes'),
    ...(organization_id && { organization_id }),
    ...(allowed_ips.length > 0 && { allowed_ips }),
    ...(day && { expires_at: `${day}T23:59:59Z` }),
  }
}

export const token_pages = [
  tokenDesk({
    path: 'settings/tokens',
    group: 'Developers',
    platform: false,
    list: tokensList,
    create: tokensCreate,
    rotate: tokensRotate,
    revoke: tokensRevoke,
  }),
  tokenDesk({
    path: 'platform/tokens',
    group: 'Machine',
    platform: true,
    list: platformTokensList,
    create: platformTokensCreate,
    rotate: platformTokensRotate,
    revoke: platformTokensRevoke,
  }),
]
