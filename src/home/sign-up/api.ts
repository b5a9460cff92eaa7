/** What the operator can do with sign-ups. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { getSignUp, listSignUps } from './read.ts'
import { revokeSignUp } from './revoke.ts'
import { SignUp, SignUpFilter } from './schema.ts'

const one = { level: 'platform', params: IdParam('sup'), reply: SignUp } as const

export const signUpsList = reading(
  {
    id: 'sign_ups.list',
    route: 'GET /v1/platform/sign_ups',
    level: 'platform',
    permission: 'sign_ups.read',
    summary: 'List those who want to found a business, and what came of it',
    query: SignUpFilter,
    reply: PageOf(SignUp),
  },
  listSignUps,
)

export const signUpsGet = reading(
  {
    ...one,
    id: 'sign_ups.get',
    route: 'GET /v1/platform/sign_ups/:id',
    permission: 'sign_ups.read',
    summary: 'Get a sign-up',
  },
  getSignUp,
)

export const signUpsRevoke = writing(
  {
    ...one,
    id: 'sign_ups.revoke',
    route: 'POST /v1/platform/sign_ups/:id/revoke',
    permission: 'sign_ups.write',
    summary: 'Take a sign-up back: its link opens nothing any more',
    subject: getSignUp,
    problems: ['conflict'],
  },
  revokeSignUp,
)

export const api = [signUpsList, signUpsGet, signUpsRevoke]
