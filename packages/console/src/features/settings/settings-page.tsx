import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Empty } from '../../components/empty.tsx'
import { useSession } from '../../session.ts'
import { settingsFor } from '../../shell/settings-pages.ts'
import classes from './settings-page.module.css'

/** The frame of Settings: its pages at the left, as far as the role opens them. */
export function SettingsPage() {
  const { permissions } = useSession()
  const pages = settingsFor(permissions)
  const allowed = useLocation({ select: ({ pathname }) => pages.some(({ to }) => pathname.startsWith(to)) })
  if (!allowed)
    return (
      <Empty title="This page is not for your role">
        A Super Admin can give your account another one, under Settings, Accounts.
      </Empty>
    )
  return (
    <div className={classes.frame}>
      <nav aria-label="Settings" className={classes.side}>
        {pages.map(({ to, label }) => (
          <Link key={to} to={to} className={classes.item} activeProps={{ 'data-chosen': true } as object}>
            {label}
          </Link>
        ))}
      </nav>
      <div className={classes.content}>
        <Outlet />
      </div>
    </div>
  )
}
