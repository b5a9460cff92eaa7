/** The operator's pages for features: switches, rollouts, and who is named. */
import { notFound } from '../kit/problem.ts'
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { featuresView, featureView } from '../../views/plans/features.tsx'
import {
  featuresSwitchOff,
  featuresSwitchOn,
  flagsCreate,
  flagsRemove,
  flagsSetTenant,
  flagsTenants,
  flagsUnsetTenant,
  flagsUpdate,
  platformFeaturesList,
} from './api-features.ts'

const path = '/platform/features'

const list = page({
  route: `GET ${path}`,
  title: 'Features',
  nav: {
    group: 'Offer',
    label: 'Features',
    icon: 'gear',
    permission: 'features.read',
    level: 'platform',
  },
  show: (visit) =>
    featuresView({
      features: visit.ask(platformFeaturesList, {}).data,
      state: formState(visit),
    }),
})

const show = page({
  route: `GET ${path}/:feature`,
  title: 'Feature',
  show: (visit) => {
    const { feature = '' } = visit.params
    const of = visit.ask(platformFeaturesList, {}).data.find((each) => each.feature === feature)
    if (!of) throw notFound('feature', feature)
    const may_see = of.flag && visit.may('flags.read')
    return featureView({
      url: visit.url,
      of,
      named: may_see
        ? visit.ask(flagsTenants, { ...visit.query(flagsTenants), id: of.flag!.id })
        : undefined,
      state: formState(visit),
      may_switch: visit.may('features.write'),
      may_roll_out: visit.may('flags.write'),
    })
  },
})

const pageOf = (feature: string) => `${path}/${feature}`

const off = form({
  route: `POST ${path}/:feature/off`,
  again: show,
  submit: submission(
    featuresSwitchOff,
    (fields, { feature }) => ({ feature, reason: given(fields, 'reason') ?? '' }),
    ({ feature, summary }) => ({ to: pageOf(feature), say: `${summary}: off for everybody.` }),
  ),
})

const on = form({
  route: `POST ${path}/:feature/on`,
  again: show,
  submit: submission(
    featuresSwitchOn,
    (_, { feature }) => ({ feature }),
    ({ feature, summary }) => ({ to: pageOf(feature), say: `${summary}: on again.` }),
  ),
})

const begin = form({
  route: `POST ${path}/:feature/begin`,
  again: show,
  submit: submission(
    flagsCreate,
    (fields, { feature }) => ({
      feature,
      percentage: given(fields, 'percentage'),
      reason: given(fields, 'note'),
    }),
    ({ feature, percentage }) => ({
      to: pageOf(feature),
      say: `From now on ${percentage} % of businesses have it.`,
    }),
  ),
})

const change = form({
  route: `POST ${path}/:feature/share/:flag_id`,
  again: show,
  submit: submission(
    flagsUpdate,
    (fields, { flag_id }) => ({
      id: flag_id,
      percentage: given(fields, 'percentage'),
      reason: given(fields, 'note') ?? '',
    }),
    ({ feature, percentage }) => ({
      to: pageOf(feature),
      say: `From now on ${percentage} % of businesses have it.`,
    }),
  ),
})

const end = form({
  route: `POST ${path}/:feature/end/:flag_id`,
  again: show,
  submit: submission(
    flagsRemove,
    (_, { flag_id }) => ({ id: flag_id }),
    ({ feature }) => ({ to: pageOf(feature), say: 'The rollout is over.' }),
  ),
})

const name = form({
  route: `POST ${path}/:feature/name/:flag_id`,
  again: show,
  submit: submission(
    flagsSetTenant,
    (fields, { flag_id }) => ({
      id: flag_id,
      tenant_id: given(fields, 'tenant_id') ?? '',
      is_on: fields.has('is_on'),
    }),
    ({ feature }) => ({ to: pageOf(feature), say: 'The business is named.' }),
  ),
})

const unname = form({
  route: `POST ${path}/:feature/unname/:flag_id/:tenant_id`,
  again: show,
  submit: submission(
    flagsUnsetTenant,
    (_, { flag_id, tenant_id }) => ({ id: flag_id, tenant_id }),
    ({ feature }) => ({ to: pageOf(feature), say: 'The share decides again.' }),
  ),
})

export const pages: RoomPages = {
  pages: [list, show],
  forms: [off, on, begin, change, end, name, unname],
}
