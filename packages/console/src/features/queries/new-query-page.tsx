import { Workbench } from './workbench.tsx'

/** A query that is not saved yet. */
export function NewQueryPage() {
  return <Workbench base={undefined} />
}
