import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import classes from './page.module.css'

interface Crumb {
  label: string
  to: LinkProps['to']
}

interface Props {
  title: string
  /** Pages above this one. */
  crumbs?: Crumb[]
  /** Beside the title: badges, a sentence. */
  note?: ReactNode
  /** At the right end of the title's line. */
  actions?: ReactNode
  /** A column at the left with its own scroll. */
  side?: ReactNode
  sideLabel?: string
  children: ReactNode
}

/** The frame of a page: title, actions, an optional side column, content. */
export function Page({ title, crumbs = [], note, actions, side, sideLabel, children }: Props) {
  return (
    <div className={side ? classes.withSide : classes.plain}>
      <title>{`${title} · Quarry`}</title>
      {side && (
        <aside className={classes.side} aria-label={sideLabel}>
          {side}
        </aside>
      )}
      <div className={classes.content}>
        <div className={classes.head}>
          <div className={classes.titles}>
            {crumbs.length > 0 && (
              <nav aria-label="Where this page is" className={classes.crumbs}>
                {crumbs.map(({ label, to }) => (
                  <span key={label}>
                    <Link to={to}>{label}</Link> <span aria-hidden>/</span>
                  </span>
                ))}
              </nav>
            )}
            <h1 className={classes.title}>{title}</h1>
            {note}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        {children}
      </div>
    </div>
  )
}
