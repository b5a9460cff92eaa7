/** What a person can do with the own account: in a business, and among the operator's staff. */
import { calling, reading, writing } from '../../operations/operation.ts'
import { Member } from '../schema.ts'
import { changePassword } from './change-password.ts'
import { leaveOrganization } from './leave.ts'
import { getAccount } from './read.ts'
import { renameAccount } from './rename.ts'
import { Account, AccountChange, PasswordChange } from './schema.ts'

const at_business = { level: 'organization', room: 'account', path: 'account' } as const
const at_platform = {
  level: 'platform',
  room: 'platform_account',
  path: 'platform/account',
} as const
type Place = typeof at_business | typeof at_platform

const getting = ({ level, room, path }: Place) =>
  reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}`,
      level,
      permission: 'account.read',
      summary: 'Get your own account; for people, not for tokens',
      reply: Account,
    },
    getAccount,
  )

const updating = ({ level, room, path }: Place) =>
  writing(
    {
      id: `${room}.update`,
      route: `PATCH /v1/${path}`,
      level,
      permission: 'account.write',
      summary: 'Change the name others see',
      body: AccountChange,
      reply: Account,
      example: { body: { name: 'Mara Hale' } },
    },
    renameAccount,
  )

const changingPassword = ({ level, room, path }: Place) =>
  calling(
    {
      id: `${room}.change_password`,
      route: `POST /v1/${path}/password`,
      level,
      permission: 'account.write',
      summary: 'Change your password; you stay signed in here and nowhere else',
      body: PasswordChange,
      reply: Account,
      problems: ['wrong_password', 'weak_password', 'locked_out'],
      example: {
        body: { current_password: 'three gulls over the pier', password: 'six gulls beside it' },
      },
    },
    changePassword,
  )

const leaving = ({ level, room, path }: Place, summary: string) =>
  writing(
    {
      id: `${room}.leave`,
      route: `POST /v1/${path}/leave`,
      level,
      permission: 'account.write',
      summary,
      reply: Member,
      problems: ['last_owner'],
    },
    leaveOrganization,
  )

export const accountGet = getting(at_business)
export const accountUpdate = updating(at_business)
export const accountChangePassword = changingPassword(at_business)
export const accountLeave = leaving(at_business, 'Leave the organization you work in now')
export const platformAccountGet = getting(at_platform)
export const platformAccountUpdate = updating(at_platform)
export const platformAccountChangePassword = changingPassword(at_platform)
export const platformAccountLeave = leaving(at_platform, 'Leave the staff')

export const account_api = [
  accountGet,
  accountUpdate,
  accountChangePassword,
  accountLeave,
  platformAccountGet,
  platformAccountUpdate,
  platformAccountChangePassword,
  platformAccountLeave,
]
