/** Features for the operator: what is off for everybody, what is rolled out, and who is named. */
import type { Child, Html } from '../../src/kit/html.ts'
import { features } from '../../src/kit/terms.ts'
import type { Flag, PlatformFeature } from '../../src/plans/schema-features.ts'
import { ActionButton, Button, Check, Field, Form, Wrong, type FormState } from '../ui/form.tsx'
import { Card, Empty, Facts, PageHead } from '../ui/layout.tsx'
import { Status } from '../ui/status.tsx'
import { Pager, Table } from '../ui/table.tsx'
import { When } from '../ui/text.tsx'

const path = '/platform/features'

export interface FeaturesProps {
  features: PlatformFeature[]
  state: FormState
}

export const featuresView = ({ features: all, state }: FeaturesProps): Html => (
  <>
    <PageHead
      title="Features"
      sub="Asked in this order: the switch, what is required, the plan, the rollout. The first that refuses decides."
    />
    <Wrong state={state} />
    <Card flush>
      <Table
        rows={all}
        empty={<></>}
        columns={[
          {
            title: 'Feature',
            cell: ({ feature, summary }) => (
              <div>
                <a class="row-link" href={`${path}/${feature}`}>
                  {summary}
                </a>
                <div class="small muted">{feature}</div>
              </div>
            ),
          },
          { title: 'Switch', cell: (each) => <SwitchState of={each} /> },
          { title: 'Rollout', cell: ({ flag }) => rolloutText(flag) },
        ]}
      />
    </Card>
  </>
)

const SwitchState = ({ of: { switched_off } }: { of: PlatformFeature }): Html =>
  switched_off ? (
    <div>
      <Status of="broken" label="Off for everybody" />
      <div class="small muted">
        {switched_off.switched_by}, <When at={switched_off.since} />: {switched_off.reason}
      </div>
    </div>
  ) : (
    <Status of="on" label="On" />
  )

function rolloutText(flag: Flag | null): Child {
  if (!flag) return <span class="muted">Everybody whose plan has it</span>
  const { percentage, on_count, off_count } = flag
  const named = [on_count && `${on_count} by name`, off_count && `${off_count} kept out`]
  return [`${percentage} % of businesses`, ...named.filter(Boolean)].join(', ')
}

interface NamedTenant {
  tenant_id: string
  tenant_name: string
  is_on: boolean
  set_at: string
  set_by: string
}

export interface FeatureProps {
  url: URL
  of: PlatformFeature
  named: { data: NamedTenant[]; has_more: boolean; next_cursor: string | null } | undefined
  state: FormState
  may_switch: boolean
  may_roll_out: boolean
}

export const featureView = (props: FeatureProps): Html => (
  <>
    <PageHead title={features[props.of.feature]} crumbs={[['Features', path]]} />
    <Wrong state={props.state} shown={['reason', 'percentage', 'tenant_id']} />
    <div class="columns">
      <SwitchCard {...props} />
      <Rollout {...props} />
    </div>
    {props.named && <Named {...props} named={props.named} />}
    {props.named && props.may_roll_out && <NameOne {...props} />}
  </>
)

const SwitchCard = ({ of, state, may_switch }: FeatureProps): Html => (
  <Card title="Switch for everybody">
    <div class="stack">
      <div>
        <SwitchState of={of} />
      </div>
      {may_switch &&
        (of.switched_off ? (
          <ActionButton action={`${path}/${of.feature}/on`} state={state} kind="primary">
            Switch it on again
          </ActionButton>
        ) : (
          <Form action={`${path}/${of.feature}/off`} state={state}>
            <Field
              name="reason"
              label="Why it is switched off"
              state={state}
              hint="Those who are refused read this."
              required
            />
            <Button kind="danger">Switch it off for everybody</Button>
          </Form>
        ))}
    </div>
  </Card>
)

const Rollout = ({ of: { feature, flag }, state, may_roll_out }: FeatureProps): Html => (
  <Card title="Rollout">
    <div class="stack">
      {flag ? (
        <Facts
          of={[
            ['Share', `${flag.percentage} % of businesses`],
            ['By name', `${flag.on_count} have it, ${flag.off_count} are kept out`],
            ['Last change', [flag.updated_by, ', ', <When at={flag.updated_at} />]],
            ['Why', flag.reason || '—'],
          ]}
        />
      ) : (
        <p>Everybody whose plan includes it has it. A rollout gives it to a share first.</p>
      )}
      {may_roll_out && (
        <Form
          action={flag ? `${path}/${feature}/share/${flag.id}` : `${path}/${feature}/begin`}
          state={state}
          {...(flag && { version: flag.version })}
        >
          <div class="row-of-fields">
            <Field
              name="percentage"
              label="Share in per cent"
              type="number"
              state={state}
              value={flag?.percentage ?? 10}
              required
            />
            <Field name="note" label="Why" state={state} value={flag?.reason} />
          </div>
          <Button>{flag ? 'Change the share' : 'Begin a rollout'}</Button>
        </Form>
      )}
      {may_roll_out && flag && (
        <ActionButton action={`${path}/${feature}/end/${flag.id}`} state={state}>
          End the rollout: everybody has it
        </ActionButton>
      )}
    </div>
  </Card>
)

const Named = ({
  url,
  of: { feature, flag },
  named,
  state,
  may_roll_out,
}: FeatureProps & { named: NonNullable<FeatureProps['named']> }): Html => (
  <Card title="By name" flush>
    <Table
      rows={named.data}
      empty={
        <Empty icon="building" title="No business is named">
          The share alone decides. Name a business to let it have the feature, or to keep it out.
        </Empty>
      }
      columns={[
        {
          title: 'Business',
          cell: ({ tenant_id, tenant_name }) => (
            <a href={`/platform/tenants/${tenant_id}/plan`}>{tenant_name}</a>
          ),
        },
        {
          title: '',
          cell: ({ is_on }) => (
            <Status of={is_on ? 'on' : 'off'} label={is_on ? 'Has it' : 'Kept out'} />
          ),
        },
        { title: 'Since', cell: ({ set_at, set_by }) => [set_by, ', ', <When at={set_at} />] },
        {
          title: '',
          end: true,
          cell: ({ tenant_id }) =>
            may_roll_out && (
              <ActionButton
                action={`${path}/${feature}/unname/${flag!.id}/${tenant_id}`}
                state={state}
                kind="quiet"
              >
                Let the share decide
              </ActionButton>
            ),
        },
      ]}
    />
    <Pager page={named} url={url} />
  </Card>
)

const NameOne = ({ of: { feature, flag }, state }: FeatureProps): Html => (
  <Card title="Name a business">
    <Form action={`${path}/${feature}/name/${flag!.id}`} state={state}>
      <Field
        name="tenant_id"
        label="Id of the business"
        state={state}
        placeholder="ten_…"
        hint="It is on the page of the business."
        required
      />
      <Check
        name="is_on"
        label="It has the feature; otherwise it is kept out"
        state={state}
        checked
      />
      <Button>Name it</Button>
    </Form>
  </Card>
)
