import { Link } from '@tanstack/react-router'
import classes from './header.module.css'

/** The bar on top of every page. A page that is not built has no item here. */
export function Header() {
  return (
    <header className={classes.header}>
      <Link to="/live-discover" className={classes.brand}>
        <img src="/favicon.svg" alt="" width={20} height={20} />
        Quarry
      </Link>
      <nav aria-label="Main" className={classes.nav}>
        <Link to="/live-discover" className={classes.item} activeProps={{ className: classes.active }}>
          Live Discover
        </Link>
      </nav>
    </header>
  )
}
