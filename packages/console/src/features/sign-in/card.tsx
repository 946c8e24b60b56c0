import type { ReactNode } from 'react'
import classes from './card.module.css'

/** The small card in the middle of an empty page, for whoever is not in yet. */
export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <title>{`${title} · Quarry`}</title>
      <div className={classes.card}>
        <div className={classes.brand}>
          <img src="/favicon.svg" alt="" width={28} height={28} />
          <span>Quarry</span>
        </div>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </div>
    </main>
  )
}
