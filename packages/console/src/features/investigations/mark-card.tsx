import { ActionIcon } from '@mantine/core'
import {
  deleteMark,
  getInvestigation,
  listInvestigations,
  type Mark,
} from '@quarry/schema/endpoints/investigations'
import { IconX } from '@tabler/icons-react'
import { useAction } from '../../api.ts'
import { cellText } from '../../components/cells/cell-text.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { When } from '../../components/when.tsx'
import { useMay } from '../../session.ts'
import classes from './investigation-page.module.css'
import { VerdictMark } from './verdict-mark.tsx'

interface Props {
  investigationId: string
  mark: Mark
  /** Number of its question, where the mark does not stand with it. */
  number?: string | undefined
  /** Leaves the row out, which stands with the question. */
  brief?: boolean
}

/** A note, or a finding with its row. */
export function MarkCard({ investigationId, mark, number, brief = false }: Props) {
  const mayWrite = useMay('investigations:write')
  const remove = useAction(deleteMark, { invalidates: [getInvestigation, listInvestigations] })
  const { hostname, endpointId: _, epName: __, ...cells } = mark.row ?? {}
  const filled = Object.entries(cells).filter(([, value]) => value !== null && value !== '')
  return (
    <article className={classes.mark} data-kind={mark.kind}>
      <header className={classes.markHead}>
        {mark.kind === 'finding' && <VerdictMark verdict={mark.verdict} />}
        {hostname !== undefined && <strong>{String(hostname)}</strong>}
        {number && <span className="dimmed">question {number}</span>}
        <span className={classes.by}>
          {mark.createdBy}, <When at={mark.createdAt} />
        </span>
        {mayWrite && (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={20}
            aria-label={`Delete the ${mark.kind}`}
            loading={remove.isPending}
            onClick={() => remove.mutate({ params: { id: investigationId, markId: mark.id } })}
          >
            <IconX size={13} />
          </ActionIcon>
        )}
      </header>
      {mark.text && <p className={classes.text}>{mark.text}</p>}
      {!brief && filled.length > 0 && (
        <dl className={classes.row}>
          {filled.map(([column, value]) => (
            <div key={column}>
              <dt>{column}</dt>
              <dd>{visibleText(cellText(value), 400)}</dd>
            </div>
          ))}
        </dl>
      )}
    </article>
  )
}
