/** What can be done with tokens, people, roles and what is one's own: gathered from its folders. */
import { account_api } from './account/api.ts'
import { invitations_api } from './invitations/api.ts'
import { members_api } from './members/api.ts'
import { sessions_api } from './own-sessions/api.ts'
import { impersonation_api } from './impersonation/api.ts'
import { roles_api } from './roles/api.ts'
import { second_factor_api } from './second-factor/api.ts'
import { security_api } from './security/api.ts'
import { tokens_api } from './tokens/api.ts'

export const api = [
  ...tokens_api,
  ...roles_api,
  ...members_api,
  ...invitations_api,
  ...account_api,
  ...sessions_api,
  ...second_factor_api,
  ...security_api,
  ...impersonation_api,
]
