/** The steps from nothing to the first parcel, and those that a wish adds. */
import { features, type Feature } from '../../kit/terms.ts'
import type { FirstThing } from './store.ts'

export interface StepText {
  title: string
  why: string
  href: string
  action: string
}

interface KnownStep extends StepText {
  id: FirstThing
  required?: true
}

export const steps_before_carriers: readonly KnownStep[] = [
  {
    id: 'owner',
    required: true,
    title: 'Come in',
    why: 'An owner follows the link of the invitation and chooses a password.',
    href: '/settings/members',
    action: 'See the members',
  },
  {
    id: 'item',
    required: true,
    title: 'Add the first item',
    why: 'One thing you stock and sell: a sku, a barcode, its weight.',
    href: '/items/new',
    action: 'Add an item',
  },
  {
    id: 'supplier',
    title: 'Add a supplier',
    why: 'Whom you buy it from.',
    href: '/suppliers/new',
    action: 'Add a supplier',
  },
  {
    id: 'stock',
    title: 'Receive goods',
    why: 'Order from the supplier and receive, or write down what is on the shelf already.',
    href: '/purchase_orders/new',
    action: 'Order goods',
  },
  {
    id: 'address',
    required: true,
    title: 'Say where you ship from',
    why: 'Carriers ask for the address of your site.',
    href: '/locations',
    action: 'Add the address',
  },
]

export const any_carrier: KnownStep = {
  id: 'carrier',
  title: 'Connect a carrier',
  why: 'With your own account, its sandbox, or a rate sheet for your own van.',
  href: '/carriers',
  action: 'Choose a carrier',
}

export const steps_after_carriers: readonly KnownStep[] = [
  {
    id: 'order',
    title: 'Take the first order',
    why: 'Its goods are reserved, picked, packed, and leave with a label.',
    href: '/orders/new',
    action: 'New order',
  },
]

export const first_call: KnownStep = {
  id: 'api_call',
  title: 'Make the first call',
  why: 'With a token of this business, from your own machine.',
  href: '/set-up#quickstart',
  action: 'See how',
}

export const carrierStep = (name: string): StepText => ({
  title: `Connect ${name}`,
  why: 'It was wished for when the business was founded.',
  href: '/carriers',
  action: 'Connect it',
})

export const noSuchCarrier = (name: string): StepText => ({
  title: `Connect ${name}`,
  why: `There is no connector for ${name} here yet. A rate sheet of your own can stand in for it.`,
  href: '',
  action: '',
})

const feature_pages: Partial<Record<Feature, StepText>> = {
  organizations: {
    title: 'Found a second organization',
    why: 'A team, a brand or a seller with stock and orders of its own.',
    href: '/settings/organizations',
    action: 'Found one',
  },
  webhooks: {
    title: 'Listen with a webhook',
    why: 'Your systems are told what happens here, signed.',
    href: '/webhooks',
    action: 'Add an endpoint',
  },
}

/** A feature whose use cannot be seen in the business's own file is done when the plan has it. */
export const featureStep = (feature: Feature): StepText =>
  feature_pages[feature] ?? {
    title: features[feature],
    why: 'Whether the plan of this business includes it.',
    href: '/settings/plan',
    action: 'See the plan',
  }

export const noSuchFeature = (name: string): StepText => ({
  title: name,
  why: `There is no feature called ${name} here.`,
  href: '',
  action: '',
})
