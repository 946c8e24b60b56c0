import { getInvestigation, type Investigation } from '@quarry/schema/endpoints/investigations'
import { outlineOf } from '@quarry/schema/investigation-outline'
import { getRouteApi } from '@tanstack/react-router'
import { useCall } from '../../api.ts'
import { Empty } from '../../components/empty.tsx'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { When } from '../../components/when.tsx'
import { useMay } from '../../session.ts'
import { AddNote } from './add-note.tsx'
import { InvestigationActions } from './investigation-actions.tsx'
import classes from './investigation-page.module.css'
import { MarkCard } from './mark-card.tsx'
import { QuestionItem } from './question-item.tsx'

const route = getRouteApi('/app/investigations/$investigationId')

/** One investigation: the tree of its questions, its notes and findings. */
export function InvestigationPage() {
  const { investigationId } = route.useParams()
  const found = useCall(getInvestigation, { params: { id: investigationId } }, { refetchInterval: 15_000 })
  return (
    <Page
      title={found.data?.name ?? 'Investigation'}
      crumbs={[{ label: 'Investigations', to: '/investigations' }]}
      note={
        found.data && (
          <span className="dimmed">
            begun <When at={found.data.createdAt} /> by {found.data.createdBy.name}
          </span>
        )
      }
      actions={found.data && <InvestigationActions investigation={found.data} />}
    >
      <Loaded call={found} failed="The investigation could not be read" skeleton={<Bars count={6} />}>
        {(investigation) => <Content investigation={investigation} />}
      </Loaded>
    </Page>
  )
}

function Content({ investigation }: { investigation: Investigation }) {
  const mayWrite = useMay('investigations:write')
  const items = outlineOf(investigation)
  const findings = investigation.marks.filter(({ kind }) => kind === 'finding')
  const notes = investigation.marks.filter(({ kind, questionId }) => kind === 'note' && !questionId)
  const numbers = new Map(items.map(({ number, question }) => [question.id, number]))
  return (
    <div className={classes.columns}>
      <section aria-label="Questions" className={classes.tree}>
        <h2 className={classes.heading}>
          Questions <span className="dimmed">{items.length}</span>
        </h2>
        {items.length === 0 ? (
          <Empty title="No question yet">
            Open a run and choose “Add to an investigation”. What is asked from its cells then joins by
            itself.
          </Empty>
        ) : (
          <ol className={classes.items}>
            {items.map((item) => (
              <QuestionItem key={item.question.id} investigation={investigation} item={item} />
            ))}
          </ol>
        )}
      </section>
      <aside aria-label="Notes and findings" className={classes.side}>
        {investigation.description && <p className={classes.about}>{investigation.description}</p>}
        <h2 className={classes.heading}>
          Findings <span className="dimmed">{findings.length}</span>
        </h2>
        {findings.length === 0 && (
          <p className="dimmed">Mark a row of a result as a finding: it is in the menu of its cells.</p>
        )}
        {findings.map((mark) => (
          <MarkCard
            key={mark.id}
            investigationId={investigation.id}
            mark={mark}
            number={mark.questionId && numbers.get(mark.questionId)}
            brief={mark.questionId !== undefined}
          />
        ))}
        <h2 className={classes.heading}>
          Notes <span className="dimmed">{notes.length}</span>
        </h2>
        {notes.map((mark) => (
          <MarkCard key={mark.id} investigationId={investigation.id} mark={mark} />
        ))}
        {mayWrite && <AddNote investigationId={investigation.id} />}
      </aside>
    </div>
  )
}
