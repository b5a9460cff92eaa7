/** The pages of domains: for the people of a business, and for the operator. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { domainsView, domainView } from '../../views/domains/domains.tsx'
import { platformDomainsView, platformDomainView } from '../../views/domains/platform.tsx'
import {
  domainsAdd,
  domainsGet,
  domainsList,
  domainsPrefer,
  domainsRelease,
  domainsVerify,
  platformDomainsGet,
  platformDomainsList,
  platformDomainsRelease,
  platformDomainsVerify,
} from './api.ts'

const path = '/settings/domains'
const platform_path = '/platform/domains'

const list = page({
  route: `GET ${path}`,
  title: 'Domains',
  nav: { group: 'Business', label: 'Domains', icon: 'globe', permission: 'domains.read' },
  show: (visit) =>
    domainsView({
      url: visit.problem ? new URL(path, visit.url) : visit.url,
      state: formState(visit),
      may_write: visit.may('domains.write'),
      domains: visit.ask(domainsList, visit.query(domainsList)),
    }),
})

const show = page({
  route: `GET ${path}/:id`,
  title: 'Domain',
  show: (visit) =>
    domainView({
      domain: visit.ask(domainsGet, { id: visit.params.id ?? '' }),
      state: formState(visit),
      may_write: visit.may('domains.write'),
      platform_host: new URL(visit.services.public_url).hostname,
    }),
})

const add = form({
  route: `POST ${path}`,
  again: list,
  submit: submission(
    domainsAdd,
    (fields) => ({ domain: given(fields, 'domain') ?? '' }),
    ({ id, domain }) => ({ to: `${path}/${id}`, say: `${domain} waits for its proof.` }),
  ),
})

const verify = form({
  route: `POST ${path}/:id/verify`,
  again: show,
  submit: submission(
    domainsVerify,
    (_, { id }) => ({ id }),
    ({ id, domain }) => ({ to: `${path}/${id}`, say: `${domain} is verified.` }),
  ),
})

const prefer = form({
  route: `POST ${path}/:id/make_primary`,
  again: show,
  submit: submission(
    domainsPrefer,
    (_, { id }) => ({ id }),
    ({ domain }) => ({ to: path, say: `${domain} is the primary domain.` }),
  ),
})

const release = form({
  route: `POST ${path}/:id/release`,
  again: show,
  submit: submission(
    domainsRelease,
    (_, { id }) => ({ id }),
    ({ domain }) => ({ to: path, say: `${domain} is released.` }),
  ),
})

const platformList = page({
  route: `GET ${platform_path}`,
  title: 'Domains',
  nav: {
    group: 'Businesses',
    label: 'Domains',
    icon: 'globe',
    permission: 'domains.read',
    level: 'platform',
  },
  show: (visit) =>
    platformDomainsView({
      url: visit.url,
      domains: visit.ask(platformDomainsList, visit.query(platformDomainsList)),
    }),
})

const platformShow = page({
  route: `GET ${platform_path}/:id`,
  title: 'Domain',
  show: (visit) =>
    platformDomainView({
      domain: visit.ask(platformDomainsGet, { id: visit.params.id ?? '' }),
      state: formState(visit),
      may_write: visit.may('domains.write'),
    }),
})

const platformVerify = form({
  route: `POST ${platform_path}/:id/verify`,
  again: platformShow,
  submit: submission(
    platformDomainsVerify,
    (_, { id }) => ({ id }),
    ({ id, domain }) => ({ to: `${platform_path}/${id}`, say: `${domain} is verified.` }),
  ),
})

const platformRelease = form({
  route: `POST ${platform_path}/:id/release`,
  again: platformShow,
  submit: submission(
    platformDomainsRelease,
    (_, { id }) => ({ id }),
    ({ domain }) => ({ to: platform_path, say: `${domain} is released.` }),
  ),
})

export const pages: RoomPages = {
  pages: [list, show, platformList, platformShow],
  forms: [add, verify, prefer, release, platformVerify, platformRelease],
}
