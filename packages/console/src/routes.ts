import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { type DesignerSearch, parseDesigner } from './designer-search.ts'
import { parseDevices } from './features/devices/devices-search.ts'
import { parseProcess } from './features/process/process-search.ts'
import { parseLiveDiscover } from './features/queries/live-discover-search.ts'
import { parseQuerySearch } from './features/queries/query-search.ts'
import { parseRuns } from './features/run-list/runs-search.ts'
import { parseRunSearch } from './features/runs/run-search.ts'
import { parseAudit } from './features/settings/audit-search.ts'
import { requireId } from './require-id.ts'
import { requireSession } from './require-session.ts'
import { AppShell } from './shell/app-shell.tsx'
import { NotFound } from './shell/not-found.tsx'
import { PageError } from './shell/page-error.tsx'
import { PagePending } from './shell/page-pending.tsx'
import { RootLayout } from './shell/root-layout.tsx'

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: RootLayout,
  notFoundComponent: NotFound,
  errorComponent: PageError,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): { from?: string } =>
    typeof search.from === 'string' ? { from: search.from } : {},
  component: lazyRouteComponent(() => import('./features/sign-in/sign-in-page.tsx'), 'SignInPage'),
})

const firstPassword = createRoute({
  getParentRoute: () => root,
  path: '/password',
  validateSearch: (search: Record<string, unknown>): { from?: string } =>
    typeof search.from === 'string' ? { from: search.from } : {},
  component: lazyRouteComponent(() => import('./features/sign-in/password-page.tsx'), 'PasswordPage'),
})

/** Everything that needs a session; the designer mode travels from page to page. */
const app = createRoute({
  getParentRoute: () => root,
  id: 'app',
  validateSearch: parseDesigner,
  search: { middlewares: [retainSearchParams<DesignerSearch>(['designer'])] },
  beforeLoad: ({ location }) => requireSession(location.href),
  component: AppShell,
  notFoundComponent: NotFound,
  errorComponent: PageError,
  pendingComponent: PagePending,
})

const index = createRoute({
  getParentRoute: () => app,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/live-discover' })
  },
})

const liveDiscover = createRoute({
  getParentRoute: () => app,
  path: '/live-discover',
  validateSearch: parseLiveDiscover,
  component: lazyRouteComponent(
    () => import('./features/queries/live-discover-page.tsx'),
    'LiveDiscoverPage',
  ),
})

const newQuery = createRoute({
  getParentRoute: () => app,
  path: '/live-discover/queries/new',
  validateSearch: parseQuerySearch,
  component: lazyRouteComponent(() => import('./features/queries/new-query-page.tsx'), 'NewQueryPage'),
})

const query = createRoute({
  getParentRoute: () => app,
  path: '/live-discover/queries/$queryId',
  loader: ({ params }) => requireId(params.queryId),
  notFoundComponent: NotFound,
  validateSearch: parseQuerySearch,
  component: lazyRouteComponent(() => import('./features/queries/query-page.tsx'), 'QueryPage'),
})

const runs = createRoute({
  getParentRoute: () => app,
  path: '/live-discover/runs',
  validateSearch: parseRuns,
  component: lazyRouteComponent(() => import('./features/run-list/runs-page.tsx'), 'RunsPage'),
})

const run = createRoute({
  getParentRoute: () => app,
  path: '/live-discover/runs/$runId',
  loader: ({ params }) => requireId(params.runId),
  notFoundComponent: NotFound,
  validateSearch: parseRunSearch,
  component: lazyRouteComponent(() => import('./features/runs/run-page.tsx'), 'RunPage'),
})

const devices = createRoute({
  getParentRoute: () => app,
  path: '/devices',
  validateSearch: parseDevices,
  component: lazyRouteComponent(() => import('./features/devices/devices-page.tsx'), 'DevicesPage'),
})

const device = createRoute({
  getParentRoute: () => app,
  path: '/devices/$deviceId',
  loader: ({ params }) => requireId(params.deviceId),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/devices/device-page.tsx'), 'DevicePage'),
})

const process = createRoute({
  getParentRoute: () => app,
  path: '/devices/$deviceId/processes/$sophosPid',
  loader: ({ params }) => requireId(params.deviceId),
  notFoundComponent: NotFound,
  validateSearch: parseProcess,
  component: lazyRouteComponent(() => import('./features/process/process-page.tsx'), 'ProcessPage'),
})

const iocLists = createRoute({
  getParentRoute: () => app,
  path: '/ioc-lists',
  component: lazyRouteComponent(() => import('./features/ioc-lists/ioc-lists-page.tsx'), 'IocListsPage'),
})

const iocList = createRoute({
  getParentRoute: () => app,
  path: '/ioc-lists/$listId',
  loader: ({ params }) => requireId(params.listId),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/ioc-lists/ioc-list-page.tsx'), 'IocListPage'),
})

const investigations = createRoute({
  getParentRoute: () => app,
  path: '/investigations',
  component: lazyRouteComponent(
    () => import('./features/investigations/investigations-page.tsx'),
    'InvestigationsPage',
  ),
})

const investigation = createRoute({
  getParentRoute: () => app,
  path: '/investigations/$investigationId',
  loader: ({ params }) => requireId(params.investigationId),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(
    () => import('./features/investigations/investigation-page.tsx'),
    'InvestigationPage',
  ),
})

const settings = createRoute({
  getParentRoute: () => app,
  path: '/settings',
  component: lazyRouteComponent(() => import('./features/settings/settings-page.tsx'), 'SettingsPage'),
})

const accounts = createRoute({
  getParentRoute: () => settings,
  path: '/accounts',
  component: lazyRouteComponent(() => import('./features/settings/accounts-page.tsx'), 'AccountsPage'),
})

const apiClients = createRoute({
  getParentRoute: () => settings,
  path: '/api-clients',
  component: lazyRouteComponent(() => import('./features/settings/api-clients-page.tsx'), 'ApiClientsPage'),
})

const enrolment = createRoute({
  getParentRoute: () => settings,
  path: '/enrolment',
  component: lazyRouteComponent(() => import('./features/settings/enrolment-page.tsx'), 'EnrolmentPage'),
})

const groups = createRoute({
  getParentRoute: () => settings,
  path: '/groups',
  component: lazyRouteComponent(() => import('./features/settings/groups-page.tsx'), 'GroupsPage'),
})

const connectors = createRoute({
  getParentRoute: () => settings,
  path: '/connectors',
  component: lazyRouteComponent(() => import('./features/settings/connectors-page.tsx'), 'ConnectorsPage'),
})

const newConnector = createRoute({
  getParentRoute: () => settings,
  path: '/connectors/new',
  validateSearch: (search: Record<string, unknown>): { copy?: string } =>
    typeof search.copy === 'string' ? { copy: search.copy } : {},
  component: lazyRouteComponent(
    () => import('./features/settings/edit-connector-page.tsx'),
    'NewConnectorPage',
  ),
})

const connector = createRoute({
  getParentRoute: () => settings,
  path: '/connectors/$connectorId',
  loader: ({ params }) => requireId(params.connectorId),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(() => import('./features/settings/connector-page.tsx'), 'ConnectorPage'),
})

const editConnector = createRoute({
  getParentRoute: () => settings,
  path: '/connectors/$connectorId/edit',
  loader: ({ params }) => requireId(params.connectorId),
  notFoundComponent: NotFound,
  component: lazyRouteComponent(
    () => import('./features/settings/edit-connector-page.tsx'),
    'EditConnectorPage',
  ),
})

const scores = createRoute({
  getParentRoute: () => settings,
  path: '/scores',
  component: lazyRouteComponent(() => import('./features/settings/scores-page.tsx'), 'ScoresPage'),
})

const audit = createRoute({
  getParentRoute: () => settings,
  path: '/audit',
  validateSearch: parseAudit,
  component: lazyRouteComponent(() => import('./features/settings/audit-page.tsx'), 'AuditPage'),
})

const nowhere = createRoute({ getParentRoute: () => app, path: '$', component: NotFound })

/** All pages of the console, each loaded when it is opened. */
export const routeTree = root.addChildren([
  signIn,
  firstPassword,
  app.addChildren([
    index,
    liveDiscover,
    newQuery,
    query,
    runs,
    run,
    devices,
    device,
    process,
    iocLists,
    iocList,
    investigations,
    investigation,
    nowhere,
    settings.addChildren([
      accounts,
      apiClients,
      connectors,
      newConnector,
      connector,
      editConnector,
      scores,
      enrolment,
      groups,
      audit,
    ]),
  ]),
])
