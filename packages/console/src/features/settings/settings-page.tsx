import { Link, Outlet } from '@tanstack/react-router'
import { useSession } from '../../session.ts'
import { settingsFor } from '../../shell/settings-pages.ts'
import classes from './settings-page.module.css'

/** The frame of Settings: its pages at the left, as far as the role opens them. */
export function SettingsPage() {
  const { permissions } = useSession()
  return (
    <div className={classes.frame}>
      <nav aria-label="Settings" className={classes.side}>
        {settingsFor(permissions).map(({ to, label }) => (
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
