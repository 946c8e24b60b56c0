import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { Link, useLocation } from '@tanstack/react-router'
import { useSession } from '../session.ts'
import { AccountMenu } from './account-menu.tsx'
import classes from './header.module.css'
import { modKey } from './mod-key.ts'
import { settingsFor } from './settings-pages.ts'
import { ThemeMenu } from './theme-menu.tsx'

const item = { className: classes.item, activeProps: { className: classes.active } }

/** The bar on top of every page. A page that is not built, or not for this role, has no item here. */
export function Header() {
  const [settings] = settingsFor(useSession().permissions)
  const inSettings = useLocation({ select: ({ pathname }) => pathname.startsWith('/settings') })
  return (
    <header className={classes.header}>
      <Link to="/live-discover" className={classes.brand}>
        <img src="/favicon.svg" alt="" width={20} height={20} />
        Quarry
      </Link>
      <nav aria-label="Main" className={classes.nav}>
        <Link to="/live-discover" {...item}>
          Live Discover
        </Link>
        <Link to="/devices" {...item}>
          Devices
        </Link>
        <Link to="/investigations" {...item}>
          Investigations
        </Link>
        <Link to="/ioc-lists" {...item}>
          IOC lists
        </Link>
        {settings && (
          <Link to={settings.to} className={`${classes.item} ${inSettings ? classes.active : ''}`}>
            Settings
          </Link>
        )}
      </nav>
      <div className={classes.end}>
        <button
          type="button"
          className={classes.search}
          onClick={spotlight.open}
          aria-keyshortcuts="Meta+K Control+K"
        >
          <IconSearch size={14} aria-hidden />
          Go to…
          <kbd className={classes.key}>{modKey} K</kbd>
        </button>
        <ThemeMenu />
        <AccountMenu />
      </div>
    </header>
  )
}
