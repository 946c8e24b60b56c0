import type { Query } from '@quarry/schema/endpoints/queries'
import { listCategories } from '@quarry/schema/endpoints/query-categories'
import { IconLayoutList } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { CategoryIcon } from './category-icon.tsx'
import { inCategory } from './in-category.ts'
import classes from './side.module.css'

interface Props {
  /** The queries that the search found; counts are of these. */
  queries: Query[] | undefined
  chosen: string | undefined
}

/** The categories with the number of queries in each. */
export function CategoryList({ queries, chosen }: Props) {
  const categories = useCall(listCategories, { query: {} }, { staleTime: 60_000 })
  const count = (code: string) => queries?.filter((query) => inCategory(query, code)).length
  return (
    <nav aria-label="Categories">
      <h2 className={classes.heading}>Categories</h2>
      <Loaded
        call={categories}
        failed="The categories could not be read"
        skeleton={<Bars count={10} height={24} />}
      >
        {({ items }) => (
          <ul className={classes.list}>
            <Item
              label="All"
              count={queries?.length}
              chosen={chosen === undefined}
              icon={<IconLayoutList size={16} stroke={1.6} aria-hidden />}
            />
            {items.map(({ code, name, icon, description }) => (
              <Item
                key={code}
                code={code}
                label={name}
                title={description}
                count={count(code)}
                chosen={chosen === code}
                icon={<CategoryIcon name={icon} />}
              />
            ))}
          </ul>
        )}
      </Loaded>
    </nav>
  )
}

interface ItemProps {
  code?: string
  label: string
  title?: string
  /** Undefined until the queries are there. */
  count: number | undefined
  chosen: boolean
  icon: ReactNode
}

function Item({ code, label, title, count, chosen, icon }: ItemProps) {
  return (
    <li>
      <Link
        to="/live-discover"
        search={(before) => ({ ...before, category: code })}
        className={classes.item}
        title={title}
        aria-current={chosen ? 'true' : undefined}
        data-chosen={chosen}
        data-none={count === 0}
      >
        {icon}
        <span className="ellipsis">{label}</span>
        <span className={classes.count}>{count}</span>
      </Link>
    </li>
  )
}
