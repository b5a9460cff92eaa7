/** What a business may use now, and why not: decided from its plan, its state and the operator's switches. */

/** What is counted and priced. Counters add up over a period; gauges are looked at every hour. */
export const meters = {
  api_calls: { kind: 'counter', unit: 'calls', summary: 'Requests to the API that were admitted' },
  shipments: { kind: 'counter', unit: 'shipments', summary: 'Shipments whose label was bought' },
  labels: { kind: 'counter', unit: 'labels', summary: 'Labels, one for each parcel' },
  webhooks: { kind: 'counter', unit: 'deliveries', summary: 'Webhook deliveries that arrived' },
  jobs: { kind: 'counter', unit: 'jobs', summary: 'Jobs that were started' },
  bandwidth_bytes: { kind: 'counter', unit: 'bytes', summary: 'Bytes of the answers of the API' },
  storage_bytes: { kind: 'gauge', unit: 'bytes', summary: 'The file, and the objects beside it' },
  seats: { kind: 'gauge', unit: 'people', summary: 'People with an account' },
} as const satisfies Record<string, { kind: 'counter' | 'gauge'; unit: string; summary: string }>

export type Meter = keyof typeof meters
export const meter_names = Object.keys(meters) as Meter[]

/** What a plan can include or leave out. An operation names the one it belongs to. */
export const features = {
  organizations: 'Several organizations in one business',
  webhooks: 'Webhooks',
  shipping: 'Rates, labels and tracking',
  custom_roles: 'Roles of your own',
  custom_domains: 'Domains of your own',
  sandboxes: 'Sandbox siblings',
  branches: 'Branches: copies of a live business',
  ip_allow_lists: 'Confinement to addresses',
  two_factor_enforcement: 'A second factor for everybody',
  audit_export: 'Export of the audit trail',
} as const

export type Feature = keyof typeof features
export const feature_names = Object.keys(features) as Feature[]

/** Things a plan gives a number of at one time. */
export const limits = {
  seats: 'People with an account',
  organizations: 'Organizations',
  webhook_endpoints: 'Webhook endpoints',
  custom_domains: 'Domains of your own',
  tenants: 'Businesses: this one, its sandboxes and its branches',
} as const

export type Limit = keyof typeof limits
export const limit_names = Object.keys(limits) as Limit[]

export interface Rate {
  /** Sustained requests a second. */
  per_second: number
  /** How many may come at once. */
  burst: number
}

/** Why a feature may not be used now; each answer explains itself. */
export interface Refusal {
  decided_by: 'kill_switch' | 'requirement' | 'plan' | 'flag'
  reason: string
}

export interface Terms {
  readonly plan: { readonly code: string; readonly name: string }
  /** Features that may not be used; those that are not named may. */
  readonly refusals: Readonly<Partial<Record<Feature, Refusal>>>
  /** Without a limit where it is not named. */
  readonly limits: Readonly<Partial<Record<Limit, number>>>
  /** What a period includes; a hard quota refuses beyond it, a soft one only tells. */
  readonly quotas: Readonly<Partial<Record<Meter, { included: number; hard: boolean }>>>
  /** Requests: each level has its own bucket. Where one is not named, the installation's counts. */
  readonly rates: Readonly<Partial<Record<'token' | 'organization' | 'tenant', Rate>>>
  /** Those who pay have capacity kept for them. */
  readonly is_paying: boolean
  /** IANA name: periods begin at midnight there. */
  readonly time_zone: string
  /** Day of the month on which a period begins, 1 to 31; the last day where a month is shorter. */
  readonly period_day: number
}

/** What a plan says about a feature beyond yes and no: how many at one time, how much in a period. */
export const parts_of: Record<Feature, { limits: readonly Limit[]; meters: readonly Meter[] }> = {
  organizations: { limits: ['organizations'], meters: [] },
  webhooks: { limits: ['webhook_endpoints'], meters: ['webhooks'] },
  shipping: { limits: [], meters: ['shipments', 'labels'] },
  custom_roles: { limits: [], meters: [] },
  custom_domains: { limits: ['custom_domains'], meters: [] },
  sandboxes: { limits: ['tenants'], meters: [] },
  branches: { limits: ['tenants'], meters: [] },
  ip_allow_lists: { limits: [], meters: [] },
  two_factor_enforcement: { limits: [], meters: [] },
  audit_export: { limits: [], meters: [] },
}

/** Asked in this order; the first that refuses decides. */
export const feature_steps = ['kill_switch', 'requirement', 'plan', 'flag'] as const

/** One step on the way to an answer, and what it said. */
export interface FeatureStep {
  step: (typeof feature_steps)[number]
  answer: 'allows' | 'refuses' | 'silent'
  reason: string
}

/** Whether a feature may be used, and how that was decided. */
export interface FeatureAnswer {
  feature: Feature
  allowed: boolean
  decided_by: FeatureStep['step']
  reason: string
  chain: FeatureStep[]
  /** What the plan gives of it: nothing is named where there is no limit. */
  limits: Partial<Record<Limit, number>>
  quotas: Partial<Record<Meter, { included: number; hard: boolean }>>
}
