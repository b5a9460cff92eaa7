/** The pages where a business, or the operator for it, asks for an archive and takes it along. */
import {
  form,
  formState,
  page,
  submission,
  type RoomPages,
  type Visit,
} from '../operations/page.ts'
import { archivesView } from '../../views/archives/archives.tsx'
import {
  archivesCancel,
  archivesList,
  archivesRemove,
  tenantArchivesCreate,
  tenantArchivesList,
} from './api.ts'
import { jobOperation } from '../jobs/api.ts'
import { businessArchive } from './kind.ts'
import type { Archive } from './schema.ts'

const at = '/settings/archives'

const list = page({
  route: `GET ${at}`,
  title: 'Export',
  nav: {
    group: 'Business',
    label: 'Export',
    icon: 'layers',
    permission: 'exports.read',
    level: 'tenant',
  },
  show: (visit: Visit) =>
    archivesView({
      ...{ at, url: visit.url, state: formState(visit), files: '/files/archives', crumbs: [] },
      may_make: visit.may('exports.make'),
      archives: visit.ask(archivesList, visit.query(archivesList)),
    }),
})

const tenant_at = '/platform/tenants/:id/archives'
const tenantPath = (id: string | undefined) => `/platform/tenants/${id}/archives`

const listOfTenant = page({
  route: `GET ${tenant_at}`,
  title: 'Export',
  show: (visit: Visit) => {
    const { id = '' } = visit.params
    return archivesView({
      ...{ url: visit.url, state: formState(visit), at: tenantPath(id) },
      files: `/files/platform/tenants/${id}/archives`,
      crumbs: [
        ['Businesses', '/platform/tenants'],
        ['Business', `/platform/tenants/${id}`],
      ],
      may_make: visit.may('tenants.export'),
      archives: visit.ask(tenantArchivesList, { ...visit.query(tenantArchivesList), id }),
    })
  },
})

const begun = (to: string) => ({
  to,
  say: 'The archive is being made. This page shows how far it is.',
})

export const pages: RoomPages = {
  pages: [list, listOfTenant],
  forms: [
    form({
      route: `POST ${at}`,
      again: list,
      submit: submission(
        jobOperation(businessArchive) as never,
        () => ({}),
        () => begun(at),
      ),
    }),
    form({
      route: `POST ${at}/:archive_id/cancel`,
      again: list,
      submit: submission(
        archivesCancel,
        (_, { archive_id }) => ({ archive_id }),
        ({ state }: Archive) => ({
          to: at,
          say: state === 'cancelled' ? 'The archive is stopped.' : 'It was asked to stop.',
        }),
      ),
    }),
    form({
      route: `POST ${at}/:archive_id/remove`,
      again: list,
      submit: submission(
        archivesRemove,
        (_, { archive_id }) => ({ archive_id }),
        () => ({ to: at, say: 'The file can be had no more.' }),
      ),
    }),
    form({
      route: `POST ${tenant_at}`,
      again: listOfTenant,
      submit: submission(
        tenantArchivesCreate,
        (_, { id }) => ({ id }),
        (_, { params }) => begun(tenantPath(params.id)),
      ),
    }),
  ],
}
