import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  lazyRouteComponent,
  redirect,
  retainSearchParams,
} from '@tanstack/react-router'
import { type DesignerSearch, parseDesigner } from './designer-search.ts'
import { parseRunSearch } from './features/runs/run-search.ts'
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
  component: lazyRouteComponent(
    () => import('./features/queries/live-discover-page.tsx'),
    'LiveDiscoverPage',
  ),
})

const run = createRoute({
  getParentRoute: () => app,
  path: '/live-discover/runs/$runId',
  validateSearch: parseRunSearch,
  component: lazyRouteComponent(() => import('./features/runs/run-page.tsx'), 'RunPage'),
})

/** All pages of the console, each loaded when it is opened. */
export const routeTree = root.addChildren([
  signIn,
  firstPassword,
  app.addChildren([index, liveDiscover, run]),
])
