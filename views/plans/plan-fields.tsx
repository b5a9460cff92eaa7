/** Every field of a plan, so that all of it can be changed on one page. */
import type { Html } from '../../src/kit/html.ts'
import { moneyToDecimal } from '../../src/kit/money.ts'
import {
  features,
  limits,
  meters,
  type Feature,
  type Limit,
  type Meter,
} from '../../src/kit/terms.ts'
import type { Plan } from '../../src/plans/schema.ts'
import { Check, Field, type FormState } from '../ui/form.tsx'
import { Card } from '../ui/layout.tsx'

interface FieldsProps {
  state: FormState
  /** Absent while it is drafted. */
  plan?: Plan
  is_new?: boolean
}

const levels = ['token', 'organization', 'tenant'] as const
const level_names = {
  token: 'One token',
  organization: 'One organization',
  tenant: 'The whole business',
}
const meter_list = Object.keys(meters) as Meter[]

/** What the fields are called: those are shown beside their own problem. */
export const plan_fields = [
  'code',
  'name',
  'summary',
  'family',
  'position',
  'price.amount',
  'price.currency',
  'interval',
  'trial_days',
  ...Object.keys(limits).map((limit) => `entitlements.limits.${limit}`),
  ...meter_list.flatMap((meter) => [
    `entitlements.quotas.${meter}.included`,
    `entitlements.overage.${meter}.per`,
    `entitlements.overage.${meter}.amount`,
  ]),
  ...levels.flatMap((level) => [
    `entitlements.rates.${level}.per_second`,
    `entitlements.rates.${level}.burst`,
  ]),
]

export const PlanFields = (props: FieldsProps): Html => (
  <>
    <Offer {...props} />
    <Features {...props} />
    <Limits {...props} />
    <Quotas {...props} />
    <Rates {...props} />
  </>
)

const Offer = ({ state, plan, is_new }: FieldsProps): Html => (
  <Card title="The offer">
    <div class="stack">
      <div class="row-of-fields">
        <Field name="name" label="Name" state={state} value={plan?.name} required />
        {is_new && (
          <Field
            name="code"
            label="Code"
            state={state}
            hint="Small letters, digits, underscores. It stays."
            required
          />
        )}
      </div>
      <Field name="summary" label="In one sentence" state={state} value={plan?.summary} />
      <Price state={state} {...(plan && { plan })} />
      <Place state={state} {...(plan && { plan })} />
      <Field
        name="highlights"
        label="Besides"
        state={state}
        value={plan?.entitlements.highlights.join('\n')}
        hint="What people do for those on it, a line each."
        rows={4}
      />
    </div>
  </Card>
)

const Price = ({ state, plan }: FieldsProps): Html => (
  <div class="row-of-fields">
    <Field
      name="price.amount"
      label="Price"
      state={state}
      value={plan?.price && moneyToDecimal(plan.price)}
      inputmode="decimal"
      hint="Empty: on request"
    />
    <Field
      name="price.currency"
      label="Currency"
      state={state}
      value={plan?.price?.currency ?? 'USD'}
    />
    <Field
      name="interval"
      label="Each"
      state={state}
      value={plan?.interval}
      choices={[
        ['month', 'Month'],
        ['year', 'Year'],
      ]}
      required
    />
    <Field
      name="trial_days"
      label="Days to try it"
      type="number"
      state={state}
      value={plan?.trial_days ?? 14}
      required
    />
  </div>
)

const Place = ({ state, plan }: FieldsProps): Html => (
  <>
    <div class="row-of-fields">
      <Field
        name="family"
        label="List"
        state={state}
        value={plan?.family}
        suggestions={['platform', 'api']}
        required
      />
      <Field
        name="position"
        label="Place on it"
        type="number"
        state={state}
        value={plan?.position ?? 1}
        required
      />
    </div>
    <Check
      name="is_public"
      label="On the price list"
      state={state}
      checked={plan?.is_public ?? true}
    />
    <Check
      name="is_self_service"
      label="A business may choose it by itself"
      state={state}
      checked={plan?.is_self_service ?? true}
    />
  </>
)

const Features = ({ state, plan }: FieldsProps): Html => (
  <Card title="Features">
    <div class="checks">
      {(Object.keys(features) as Feature[]).map((feature) => (
        <Check
          name="features"
          value={feature}
          label={features[feature]}
          state={state}
          checked={plan?.entitlements.features.includes(feature) ?? true}
        />
      ))}
    </div>
  </Card>
)

const Limits = ({ state, plan }: FieldsProps): Html => (
  <Card title="How many at one time">
    <div class="row-of-fields">
      {(Object.keys(limits) as Limit[]).map((limit) => (
        <Field
          name={`entitlements.limits.${limit}`}
          label={limits[limit]}
          type="number"
          state={state}
          value={plan?.entitlements.limits[limit]}
          placeholder="unlimited"
        />
      ))}
    </div>
  </Card>
)

const Quotas = ({ state, plan }: FieldsProps): Html => (
  <Card title="How much in a period">
    <div class="stack">
      {meter_list.map((meter) => {
        const quota = plan?.entitlements.quotas[meter]
        const overage = plan?.entitlements.overage[meter]
        return (
          <fieldset>
            <legend>{meters[meter].summary}</legend>
            <div class="row-of-fields">
              <Field
                name={`entitlements.quotas.${meter}.included`}
                label={`Included ${meters[meter].unit}`}
                type="number"
                state={state}
                value={quota?.included}
                placeholder="unlimited"
              />
              <Field
                name={`entitlements.overage.${meter}.amount`}
                label="Beyond it, cents"
                type="number"
                state={state}
                value={overage?.amount}
              />
              <Field
                name={`entitlements.overage.${meter}.per`}
                label={`for each so many`}
                type="number"
                state={state}
                value={overage?.per}
              />
            </div>
            <Check
              name={`entitlements.quotas.${meter}.hard`}
              label="Refuse what is beyond it"
              state={state}
              checked={quota?.hard ?? false}
            />
          </fieldset>
        )
      })}
    </div>
  </Card>
)

const Rates = ({ state, plan }: FieldsProps): Html => (
  <Card title="Requests">
    <div class="stack">
      {levels.map((level) => {
        const rate = plan?.entitlements.rates[level]
        return (
          <div class="row-of-fields">
            <Field
              name={`entitlements.rates.${level}.per_second`}
              label={`${level_names[level]}: a second`}
              state={state}
              value={rate?.per_second}
              inputmode="decimal"
              placeholder="as installed"
            />
            <Field
              name={`entitlements.rates.${level}.burst`}
              label="… at once"
              type="number"
              state={state}
              value={rate?.burst}
            />
          </div>
        )
      })}
    </div>
  </Card>
)
