/** What can be done with second factors: one's own, and those of members and staff. */
import { reading, writing, calling } from '../../operations/operation.ts'
import { IdParam } from '../../operations/shapes.ts'
import { beginOwnFactor, confirmOwnFactor, getOwnFactor, renewRecoveryCodes } from './own.ts'
import { removeMembersFactor, removeOwnFactor } from './remove.ts'
import { Confirmation, Enrolment, FactorOwner, RecoveryCodes, SecondFactor } from './schema.ts'

/** The staff of the platform prove themselves as people of a business do. */
const at_business = { level: 'organization', room: 'second_factor', path: 'account' } as const
const at_platform = {
  level: 'platform',
  room: 'platform_second_factor',
  path: 'platform/account',
} as const

type Place = typeof at_business | typeof at_platform

const settingUp = ({ level, room, path }: Place) => ({
  begin: calling(
    {
      id: `${room}.begin`,
      route: `POST /v1/${path}/second_factor`,
      level,
      permission: 'account.write',
      while_read_only: true,
      summary: 'Begin to set up a second factor; nothing changes until a code was typed',
      reply: Enrolment,
      status: 201,
      shown_once: true,
      problems: ['forbidden', 'second_factor_exists'],
    },
    beginOwnFactor,
  ),
  confirm: calling(
    {
      id: `${room}.confirm`,
      route: `POST /v1/${path}/second_factor/confirm`,
      level,
      permission: 'account.write',
      while_read_only: true,
      summary: 'Type the first code; from now on sign-in asks for one',
      body: Confirmation,
      reply: RecoveryCodes,
      shown_once: true,
      problems: ['forbidden', 'second_factor_missing', 'second_factor_exists', 'code_refused'],
      example: { body: { code: '123456' } },
    },
    confirmOwnFactor,
  ),
})

const lookingAfter = ({ level, room, path }: Place) => ({
  get: reading(
    {
      id: `${room}.get`,
      route: `GET /v1/${path}/second_factor`,
      level,
      permission: 'account.read',
      summary: 'See your own second factor',
      reply: SecondFactor,
      problems: ['forbidden'],
    },
    getOwnFactor,
  ),
  renewCodes: writing(
    {
      id: `${room}.renew_codes`,
      route: `POST /v1/${path}/second_factor/recovery_codes`,
      level,
      permission: 'account.write',
      while_read_only: true,
      summary: 'Make ten new recovery codes; those from before are worth nothing any more',
      reply: RecoveryCodes,
      status: 201,
      shown_once: true,
      step_up: true,
      problems: ['forbidden', 'second_factor_missing'],
    },
    renewRecoveryCodes,
  ),
  remove: writing(
    {
      id: `${room}.remove`,
      route: `DELETE /v1/${path}/second_factor`,
      level,
      permission: 'account.write',
      while_read_only: true,
      summary: 'Remove your own second factor',
      reply: FactorOwner,
      step_up: true,
      problems: ['forbidden', 'second_factor_missing'],
    },
    removeOwnFactor,
  ),
})

const ownFactor = (place: Place) => ({ ...lookingAfter(place), ...settingUp(place) })

export const member_factor = ownFactor(at_business)
export const staff_factor = ownFactor(at_platform)

export const membersRemoveSecondFactor = writing(
  {
    id: 'members.remove_second_factor',
    route: 'DELETE /v1/members/:id/second_factor',
    level: 'organization',
    permission: 'members.write',
    summary: 'Remove the second factor of a member who lost the telephone and the codes',
    params: IdParam('usr'),
    reply: FactorOwner,
    step_up: true,
    problems: ['exceeds_own_rights', 'second_factor_missing'],
  },
  removeMembersFactor,
)

export const staffRemoveSecondFactor = writing(
  {
    id: 'staff.remove_second_factor',
    route: 'DELETE /v1/platform/staff/:id/second_factor',
    level: 'platform',
    permission: 'staff.write',
    summary: 'Remove the second factor of a person of the staff',
    params: IdParam('usr'),
    reply: FactorOwner,
    step_up: true,
    problems: ['exceeds_own_rights', 'second_factor_missing'],
  },
  removeMembersFactor,
)

export const second_factor_api = [
  ...Object.values(member_factor),
  ...Object.values(staff_factor),
  membersRemoveSecondFactor,
  staffRemoveSecondFactor,
]
