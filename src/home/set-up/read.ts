/** The guided set-up: what is done is seen in the business itself, nothing is ticked by hand. */
import { features, type Feature } from '../../kit/terms.ts'
import { carriers } from '../../carriers/registry.ts'
import type { Read } from '../../db/session.ts'
import type { Beside } from '../../operations/outward.ts'
import { environmentOf } from '../../tenants/read.ts'
import type { SetUp, SetUpStep } from './schema.ts'
import {
  any_carrier,
  carrierStep,
  featureStep,
  first_call,
  noSuchCarrier,
  noSuchFeature,
  steps_after_carriers,
  steps_before_carriers,
  type StepText,
} from './steps.ts'
import {
  hasConnectionTo,
  hasFirst,
  hasSeveralOrganizations,
  skippedSteps,
  wishesOf,
  type FirstThing,
} from './store.ts'

export function getSetUp(read: Read, _: object, { data }: Beside): SetUp {
  const steps = listSteps(read)
  const counted = steps.filter(({ available, skipped, done }) => available && (done || !skipped))
  const done = counted.filter((step) => step.done).length
  const environment = data.platform.read(read.scope, (platform) =>
    environmentOf(platform, read.scope.tenant_id),
  )
  return {
    steps,
    progress: { done, total: counted.length },
    complete: done === counted.length,
    required_done: steps.every((step) => step.done || !step.required),
    can_load_sample_data: environment === 'sandbox' && !hasFirst(read, 'item'),
  }
}

/** In the order in which people take them. */
export function listSteps(read: Read): SetUpStep[] {
  const skipped = new Set(skippedSteps(read))
  const known = (step: StepText & { id: FirstThing; required?: true }) =>
    describe(step.id, step, { done: hasFirst(read, step.id), required: step.required === true })
  const steps = [
    ...steps_before_carriers.map(known),
    ...carrierSteps(read, known),
    ...steps_after_carriers.map(known),
    ...featureSteps(read),
    known(first_call),
  ]
  return steps.map((step) => ({ ...step, skipped: skipped.has(step.id) }))
}

/** Those that were wished for, when we have one of them; else any. */
function carrierSteps(read: Read, known: (step: typeof any_carrier) => SetUpStep): SetUpStep[] {
  const wished = wishesOf(read).filter(({ kind }) => kind === 'carrier')
  const steps = wished.map(({ name: carrier_id }) => {
    const id = `carrier:${carrier_id}`
    const carrier = carriers.find((each) => each.id === carrier_id)
    if (!carrier) return describe(id, noSuchCarrier(carrier_id), { available: false })
    return describe(id, carrierStep(carrier.name), { done: hasConnectionTo(read, carrier_id) })
  })
  return steps.some(({ available }) => available) ? steps : [...steps, known(any_carrier)]
}

function featureSteps(read: Read): SetUpStep[] {
  const wished = wishesOf(read).filter(({ kind }) => kind === 'feature')
  return wished.map(({ name }) => {
    const id = `feature:${name}`
    if (!(name in features)) return describe(id, noSuchFeature(name), { available: false })
    const feature = name as Feature
    return describe(id, featureStep(feature), { done: isInUse(read, feature) })
  })
}

function isInUse(read: Read, feature: Feature): boolean {
  if (feature === 'organizations') return hasSeveralOrganizations(read)
  if (feature === 'webhooks') return hasFirst(read, 'webhooks')
  return read.scope.terms?.refusals[feature] === undefined
}

const describe = (
  id: string,
  { title, why, href, action }: StepText,
  { done = false, required = false, available = true },
): SetUpStep => ({
  ...{ id, title, why, href, action },
  ...{ required, done, available, skipped: false },
})
