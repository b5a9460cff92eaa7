/** What can be done with features: seen with their reasons, switched off and on, rolled out. */
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import {
  changeFlag,
  createFlag,
  getFlag,
  listFlags,
  listNamed,
  listOwnFeatures,
  listPlatformFeatures,
  listTenantFeatures,
  nameTenant,
  removeFlag,
  switchOff,
  switchOn,
  unnameTenant,
} from './features.ts'
import {
  Feature,
  FeatureAnswers,
  Flag,
  FlagChange,
  FlagFilter,
  NamedFilter,
  NamedParams,
  NamedTenant,
  Naming,
  NewFlag,
  PlatformFeature,
  SwitchReason,
} from './schema-features.ts'
import { TenantParam } from './schema.ts'

export const featuresList = reading(
  {
    id: 'features.list',
    route: 'GET /v1/features',
    level: 'organization',
    permission: 'features.read',
    summary: 'List features, whether this business may use each, and how that was decided',
    reply: FeatureAnswers,
  },
  listOwnFeatures,
)

export const tenantFeaturesList = reading(
  {
    id: 'tenant_features.list',
    route: 'GET /v1/platform/tenants/:id/features',
    level: 'platform',
    permission: 'features.read',
    summary: 'List what a business may use, and how each was decided',
    params: TenantParam,
    reply: FeatureAnswers,
  },
  listTenantFeatures,
)

export const platformFeaturesList = reading(
  {
    id: 'platform_features.list',
    route: 'GET /v1/platform/features',
    level: 'platform',
    permission: 'features.read',
    summary: 'List features with their switch and their rollout',
    reply: Type.Object({ data: Type.Array(PlatformFeature) }),
  },
  listPlatformFeatures,
)

const switching = {
  level: 'platform',
  permission: 'features.write',
  params: Type.Object({ feature: Feature }),
  reply: PlatformFeature,
} as const

export const featuresSwitchOff = writing(
  {
    ...switching,
    id: 'features.switch_off',
    route: 'POST /v1/platform/features/:feature/switch_off',
    summary: 'Switch a feature off for every business at once',
    body: SwitchReason,
    example: { body: { reason: 'The carrier answers with wrong prices.' } },
  },
  switchOff,
)

export const featuresSwitchOn = writing(
  {
    ...switching,
    id: 'features.switch_on',
    route: 'POST /v1/platform/features/:feature/switch_on',
    summary: 'Switch a feature on again',
    problems: ['conflict'],
  },
  switchOn,
)

const flag = { level: 'platform', permission: 'flags.write', reply: Flag } as const
const named = { ...flag, params: NamedParams } as const

export const flagsList = reading(
  {
    id: 'flags.list',
    route: 'GET /v1/platform/flags',
    level: 'platform',
    permission: 'flags.read',
    summary: 'List the features that are being rolled out',
    query: FlagFilter,
    reply: PageOf(Flag),
  },
  listFlags,
)

export const flagsGet = reading(
  {
    id: 'flags.get',
    route: 'GET /v1/platform/flags/:id',
    level: 'platform',
    permission: 'flags.read',
    summary: 'Get a rollout',
    params: IdParam('flg'),
    reply: Flag,
  },
  getFlag,
)

export const flagsCreate = writing(
  {
    ...flag,
    id: 'flags.create',
    route: 'POST /v1/platform/flags',
    summary: 'Roll a feature out to a share of the businesses',
    body: NewFlag,
    status: 201,
    problems: ['duplicate_flag'],
    example: { body: { feature: 'branches', percentage: 10, reason: 'Watched for a week.' } },
  },
  createFlag,
)

export const flagsUpdate = writing(
  {
    ...flag,
    id: 'flags.update',
    route: 'PATCH /v1/platform/flags/:id',
    summary: 'Change the share of a rollout',
    params: IdParam('flg'),
    body: FlagChange,
    subject: getFlag,
    match: 'required',
    example: { body: { percentage: 50 } },
  },
  changeFlag,
)

export const flagsRemove = writing(
  {
    ...flag,
    id: 'flags.remove',
    route: 'DELETE /v1/platform/flags/:id',
    summary: 'End a rollout: everybody has what the plan says',
    params: IdParam('flg'),
    subject: getFlag,
  },
  removeFlag,
)

export const flagsTenants = reading(
  {
    id: 'flags.tenants',
    route: 'GET /v1/platform/flags/:id/tenants',
    level: 'platform',
    permission: 'flags.read',
    summary: 'List the businesses that are named on a rollout',
    params: IdParam('flg'),
    query: NamedFilter,
    reply: PageOf(NamedTenant),
  },
  listNamed,
)

export const flagsSetTenant = writing(
  {
    ...named,
    id: 'flags.set_tenant',
    route: 'PUT /v1/platform/flags/:id/tenants/:tenant_id',
    summary: 'Let a business have the feature, or keep it out, whatever the share',
    body: Naming,
    example: { body: { is_on: true } },
  },
  nameTenant,
)

export const flagsUnsetTenant = writing(
  {
    ...named,
    id: 'flags.unset_tenant',
    route: 'DELETE /v1/platform/flags/:id/tenants/:tenant_id',
    summary: 'Let the share decide for a business again',
  },
  unnameTenant,
)

export const api = [
  featuresList,
  tenantFeaturesList,
  platformFeaturesList,
  featuresSwitchOff,
  featuresSwitchOn,
  flagsList,
  flagsGet,
  flagsCreate,
  flagsUpdate,
  flagsRemove,
  flagsTenants,
  flagsSetTenant,
  flagsUnsetTenant,
]
