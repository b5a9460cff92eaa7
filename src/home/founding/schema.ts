/** Shapes of what whoever founds a business gets back. */
import { Type, type Static } from '@sinclair/typebox'
import { CreatedTenant } from '../../tenants/schema.ts'
import { SetUp } from '../set-up/schema.ts'

export const OnboardedTenant = Type.Composite([
  CreatedTenant,
  Type.Object({ setup: SetUp }, { description: 'What its people do next' }),
])
export type OnboardedTenant = Static<typeof OnboardedTenant>
