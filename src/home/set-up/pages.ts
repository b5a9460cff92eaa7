/** The console's page for the guided set-up. */
import { tokensCreate } from '../../access/tokens/api.ts'
import { form, formState, page, submission, type RoomPages } from '../../operations/page.ts'
import { quickstartView, setUpView } from '../../../views/home/set-up/set-up.tsx'
import { sampleDataLoad, setUpGet, setUpSkip, setUpTakeUp } from './api.ts'

const path = '/set-up'

const setUp = page({
  route: `GET ${path}`,
  title: 'Guided set-up',
  nav: { group: 'Business', label: 'Set-up', icon: 'check', permission: 'set_up.write' },
  show: (visit) => {
    const { tenant } = visit.visitor
    if (!tenant) return { to: '/platform/tenants' }
    return setUpView({
      set_up: visit.ask(setUpGet, {}),
      business: tenant.name,
      state: formState(visit),
      may_write: visit.may('set_up.write'),
      may_issue_tokens: visit.may('tokens.write'),
    })
  },
})

const skip = form({
  route: `POST ${path}/:step/skip`,
  again: setUp,
  submit: submission(
    setUpSkip,
    (_, { step }) => ({ step }),
    ({ title }) => ({ to: path, say: `“${title}” is put aside.` }),
  ),
})

const takeUp = form({
  route: `POST ${path}/:step/unskip`,
  again: setUp,
  submit: submission(
    setUpTakeUp,
    (_, { step }) => ({ step }),
    ({ title }) => ({ to: path, say: `“${title}” is back on the list.` }),
  ),
})

const load = form({
  route: `POST ${path}/sample_data`,
  again: setUp,
  submit: submission(
    sampleDataLoad,
    () => ({}),
    ({ items, sales_orders }) => ({
      to: path,
      say: `${items} items and ${sales_orders} orders are there.`,
    }),
  ),
})

/** Enough for the call that is shown, and nothing more. */
const quickstart_scopes = ['items.read', 'stock.read']

const quickstart = form({
  route: `POST ${path}/quickstart`,
  again: setUp,
  submit: submission(
    tokensCreate,
    () => ({ name: 'Quickstart', scopes: quickstart_scopes }),
    ({ token }, { services }) => ({
      title: 'Your first call',
      show: quickstartView({ token, api_url: services.public_url }),
    }),
  ),
})

export const pages: RoomPages = { pages: [setUp], forms: [load, quickstart, skip, takeUp] }
