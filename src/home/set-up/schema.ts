/** Shapes of the guided set-up. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed } from '../../operations/shapes.ts'

export const SetUpStep = Type.Object({
  id: Type.String({ description: 'item, carrier:ups, feature:webhooks …' }),
  title: Type.String(),
  why: Type.String(),
  required: Type.Boolean({ description: 'The business is `onboarding` until these are done' }),
  done: Type.Boolean(),
  skipped: Type.Boolean({ description: 'Somebody put it aside' }),
  available: Type.Boolean({ description: 'false for what was wished for and is not here' }),
  href: Type.String({ description: 'The page where it is done; empty when it is not available' }),
  action: Type.String({ description: 'What the link to that page is called' }),
})
export type SetUpStep = Static<typeof SetUpStep>

export const SetUp = Type.Object({
  steps: Type.Array(SetUpStep),
  progress: Type.Object({
    done: Type.Integer(),
    total: Type.Integer({ description: 'Without those that were put aside or are not available' }),
  }),
  complete: Type.Boolean(),
  required_done: Type.Boolean(),
  can_load_sample_data: Type.Boolean({ description: 'A sandbox without items' }),
})
export type SetUp = Static<typeof SetUp>

export const OneStep = Closed({
  step: Type.String({ pattern: '^[a-z0-9_:-]{1,80}$' }),
})

export const SampleData = Type.Object({
  items: Type.Integer(),
  customers: Type.Integer(),
  purchase_orders: Type.Integer(),
  sales_orders: Type.Integer(),
})
export type SampleData = Static<typeof SampleData>
