import { ActionIcon, Menu } from '@mantine/core'
import {
  getInvestigation,
  type Investigation,
  listInvestigations,
  removeQuestion,
} from '@quarry/schema/endpoints/investigations'
import type { OutlineItem } from '@quarry/schema/investigation-outline'
import { IconDots, IconMessagePlus, IconTrash } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAction } from '../../api.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { Confirm } from '../../components/confirm.tsx'
import { When } from '../../components/when.tsx'
import { useMay } from '../../session.ts'
import { counted } from '../runs/run-words.ts'
import { AddNote } from './add-note.tsx'
import classes from './investigation-page.module.css'
import { MarkCard } from './mark-card.tsx'

/** One question in the tree: the cell that it was asked from, what came, and what was marked. */
export function QuestionItem({ investigation, item }: { investigation: Investigation; item: OutlineItem }) {
  const { number, depth, question, marks } = item
  const mayWrite = useMay('investigations:write')
  const [noting, setNoting] = useState(false)
  const [removing, setRemoving] = useState(false)
  const remove = useAction(removeQuestion, { invalidates: [getInvestigation, listInvestigations] })
  return (
    <li className={classes.item} style={{ marginLeft: depth * 22 }} data-depth={depth}>
      <div className={classes.line}>
        <span className={classes.number}>{number}</span>
        <div className={classes.what}>
          {question.runId ? (
            <Link to="/live-discover/runs/$runId" params={{ runId: question.runId }} className={classes.name}>
              {question.name}
            </Link>
          ) : (
            <span className={classes.name}>{question.name}</span>
          )}
          {question.origin && (
            <span className={classes.cell} title={question.origin.value}>
              <span className="dimmed">{question.origin.column}</span>{' '}
              <span className="mono">{visibleText(question.origin.value, 80)}</span>
              {question.origin.count > 1 && (
                <span className="dimmed"> and {question.origin.count - 1} more</span>
              )}
            </span>
          )}
          <span className={classes.facts}>
            {counted(question.rows, 'row')} from {counted(question.devices, 'device')} ·{' '}
            <When at={question.askedAt} /> by {question.askedBy}
            {!question.runId && ' · from a file'}
          </span>
        </div>
        {mayWrite && (
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={`More for ${question.name}`}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconMessagePlus size={15} aria-hidden />}
                onClick={() => setNoting(true)}
              >
                Add a note
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={15} aria-hidden />} onClick={() => setRemoving(true)}>
                Take out…
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {marks.map((mark) => (
        <MarkCard key={mark.id} investigationId={investigation.id} mark={mark} />
      ))}
      {noting && (
        <AddNote
          investigationId={investigation.id}
          questionId={question.id}
          onDone={() => setNoting(false)}
        />
      )}
      <Confirm
        opened={removing}
        onClose={() => setRemoving(false)}
        title={`Take “${question.name}” out?`}
        confirm="Take it out"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate({ params: { id: investigation.id, questionId: question.id } })}
      >
        All that was asked from it goes too, with the notes and findings. The runs themselves stay.
      </Confirm>
    </li>
  )
}
