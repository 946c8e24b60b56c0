import { createRouter, stringifySearchWith } from '@tanstack/react-router'
import { queryClient } from './query-client.ts'
import { routeTree } from './routes.ts'

/** The router; its addresses are the state of the console. */
export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  stringifySearch: stringifySearchWith(JSON.stringify),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
