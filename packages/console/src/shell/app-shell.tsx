import { Outlet } from '@tanstack/react-router'
import classes from './app-shell.module.css'
import { Header } from './header.tsx'

/** Header above, page below; the skip link is the first thing that Tab reaches. */
export function AppShell() {
  return (
    <div className={classes.shell}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <Header />
      <main id="page" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
    </div>
  )
}
