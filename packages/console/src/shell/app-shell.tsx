import { Outlet } from '@tanstack/react-router'
import classes from './app-shell.module.css'
import { Header } from './header.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { Palette } from './palette.tsx'
import { useShellKeys } from './use-shell-keys.ts'

/** Header above, page below; the skip link is the first thing that Tab reaches. */
export function AppShell() {
  useShellKeys()
  return (
    <div className={classes.shell}>
      <a href="#page" className={classes.skip}>
        Skip to the page
      </a>
      <Header />
      <main id="page" tabIndex={-1} className={classes.main}>
        <Outlet />
      </main>
      <Palette />
      <KeysDialog />
    </div>
  )
}
