/** What can be done with tokens: of a business, and of the platform. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { createToken } from '../create-token.ts'
import { getToken, listTokens } from '../read-tokens.ts'
import { revokeToken } from '../revoke-token.ts'
import { rotateToken } from '../rotate-token.ts'
import {
  IssuedToken,
  NewBusinessToken,
  NewPlatformToken,
  Rotation,
  Token,
  TokenFilter,
} from '../schema.ts'

/** The platform's own tokens are looked after as those of a business are. */
const at_business = { level: 'organization', room: 'tokens', path: 'tokens' } as const
const at_platform = { level: 'platform', room: 'platform_tokens', path: 'platform/tokens' } as const

const listingTokens = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  reading(
    {
      id: `${room}.list`,
      route: `GET /v1/${path}`,
      level,
      permission: 'tokens.read',
      summary: 'List tokens, without their text',
      query: TokenFilter,
      reply: PageOf(Token),
    },
    listTokens,
  )

const gettingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/:id`,
      level,
      permission: 'tokens.read',
      summary: 'Get a token, without its text',
      params: IdParam('tok'),
      reply: Token,
    },
    getToken,
  )

const rotatingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  writing(
    {
      id: `${room}.rotate`,
      route: `POST /v1/${path}/:id/rotate`,
      level,
      permission: 'tokens.write',
      summary: 'Replace a token by a new one; for an overlap both work',
      params: IdParam('tok'),
      body: Rotation,
      reply: IssuedToken,
      status: 201,
      subject: getToken,
      match: 'optional',
      shown_once: true,
      problems: ['already_rotated', 'token_inactive', 'exceeds_own_rights', 'step_up_required'],
      example: { body: { overlap_s: 3_600 } },
    },
    rotateToken,
  )

const revokingToken = ({ level, room, path }: typeof at_business | typeof at_platform) =>
  writing(
    {
      id: `${room}.revoke`,
      route: `POST /v1/${path}/:id/revoke`,
      level,
      permission: 'tokens.write',
      summary: 'End a token at once',
      params: IdParam('tok'),
      reply: Token,
      subject: getToken,
      match: 'optional',
    },
    revokeToken,
  )

export const tokensList = listingTokens(at_business)
export const tokensGet = gettingToken(at_business)
export const tokensCreate = writing(
  {
    id: 'tokens.create',
    route: 'POST /v1/tokens',
    level: 'organization',
    permission: 'tokens.write',
    summary: 'Create a token; its text is in this reply and nowhere else',
    body: NewBusinessToken,
    reply: IssuedToken,
    status: 201,
    shown_once: true,
    problems: ['exceeds_own_rights', 'not_found', 'step_up_required'],
    example: { body: { name: 'Shop connector', scopes: ['items.read', 'orders.*'] } },
  },
  createToken,
)
export const tokensRotate = rotatingToken(at_business)
export const tokensRevoke = revokingToken(at_business)

export const platformTokensList = listingTokens(at_platform)
export const platformTokensGet = gettingToken(at_platform)
export const platformTokensCreate = writing(
  {
    id: 'platform_tokens.create',
    route: 'POST /v1/platform/tokens',
    level: 'platform',
    permission: 'tokens.write',
    summary: 'Create a token for the platform; its text is in this reply and nowhere else',
    body: NewPlatformToken,
    reply: IssuedToken,
    status: 201,
    shown_once: true,
    problems: ['exceeds_own_rights', 'step_up_required'],
    example: { body: { name: 'Provisioning', scopes: ['tenants.*'] } },
  },
  createToken,
)
export const platformTokensRotate = rotatingToken(at_platform)
export const platformTokensRevoke = revokingToken(at_platform)

export const tokens_api = [
  tokensList,
  tokensGet,
  tokensCreate,
  tokensRotate,
  tokensRevoke,
  platformTokensList,
  platformTokensGet,
  platformTokensCreate,
  platformTokensRotate,
  platformTokensRevoke,
]
