import { ApiError } from '@quarry/schema'
import { Outlet, useNavigate, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { onApiError } from '../query-client.ts'
import { leaveSession } from '../session.ts'

/** Around every page: an ended session leads to the sign-in page, which keeps the address. */
export function RootLayout() {
  const navigate = useNavigate()
  const router = useRouter()
  useEffect(
    () =>
      onApiError((error) => {
        if (!(error instanceof ApiError)) return
        const { pathname, href } = router.state.location
        if (pathname === '/sign-in' || pathname === '/password') return
        if (error.code === 'unauthorized') {
          leaveSession()
          void navigate({ to: '/sign-in', search: { from: href } })
        } else if (error.code === 'password_change_required') {
          void navigate({ to: '/password', search: { from: href } })
        }
      }),
    [navigate, router],
  )
  return <Outlet />
}
