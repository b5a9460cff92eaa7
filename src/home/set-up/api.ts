/** What can be done while a business is being set up. */
import { calling, reading, writing } from '../../operations/operation.ts'
import { getSetUp } from './read.ts'
import { askForSampleData } from './sample-data.ts'
import { SampleData, SetUp, SetUpStep, OneStep } from './schema.ts'
import { skipStep, takeUpStep } from './skip.ts'

const one_step = {
  level: 'organization',
  permission: 'set_up.write',
  body: OneStep,
  reply: SetUpStep,
} as const

export const setUpGet = reading(
  {
    id: 'set_up.get',
    route: 'GET /v1/setup',
    level: 'organization',
    permission: 'home.read',
    summary: 'Show the steps from nothing to the first parcel, and which are done',
    description:
      'What is done is seen in the business itself. Wishes of whoever founded it add steps.',
    reply: SetUp,
  },
  getSetUp,
)

export const setUpSkip = writing(
  {
    ...one_step,
    id: 'set_up.skip',
    route: 'POST /v1/setup/skip',
    summary: 'Put a step aside that this business does not need',
    problems: ['not_found', 'conflict'],
    example: { body: { step: 'supplier' } },
  },
  skipStep,
)

export const setUpTakeUp = writing(
  {
    ...one_step,
    id: 'set_up.unskip',
    route: 'POST /v1/setup/unskip',
    summary: 'Take a step up again that was put aside',
    problems: ['not_found'],
    example: { body: { step: 'supplier' } },
  },
  takeUpStep,
)

export const sampleDataLoad = calling(
  {
    id: 'sample_data.load',
    route: 'POST /v1/sample_data',
    level: 'organization',
    permission: 'set_up.write',
    summary: 'Fill an empty sandbox with a small catalogue, stock and orders',
    reply: SampleData,
    status: 201,
    problems: ['sandbox_only', 'not_empty'],
  },
  askForSampleData,
)

export const api = [setUpGet, setUpSkip, setUpTakeUp, sampleDataLoad]
