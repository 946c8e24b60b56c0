import { Link } from '@tanstack/react-router'
import { formatDuration } from '../../components/cells/format-duration.ts'
import { formatLocal } from '../../components/cells/format-time.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import { kindWords } from './kind-words.ts'
import { type Activity, marksOf } from './marks.ts'
import type { TreeRow } from './process-tree.ts'
import type { TimeWindow } from './time-window.ts'
import type { useDrag } from './use-drag.ts'
import classes from './waterfall.module.css'

interface Props {
  row: TreeRow
  activities: readonly Activity[]
  window: TimeWindow
  width: number
  now: number
  folded: boolean
  chosen: boolean
  drag: ReturnType<typeof useDrag>
  deviceId: string
  onFold: () => void
  onChoose: () => void
}

const INDENT = 14
/** The shortest life that is drawn, in pixels: what lived a moment is seen too. */
const SHORTEST = 3

/** One process: its place in the tree, its life as a bar, its doings as marks. */
export function WaterfallRow({ row, activities, window, width, now, drag, ...props }: Props) {
  const { node, depth, kind, below } = row
  const scale = width / (window.to - window.from)
  const end = node.end ?? now
  const left = (node.start - window.from) * scale
  const length = Math.max((end - node.start) * scale, SHORTEST)
  const marks = marksOf(activities, window, width)
  const name = visibleText(node.name || node.path || 'unknown', 80)
  return (
    <div
      className={classes.row}
      data-kind={kind}
      data-chosen={props.chosen || undefined}
      role="treeitem"
      aria-level={depth + 1}
      aria-selected={props.chosen}
      aria-expanded={below > 0 ? !props.folded : undefined}
      tabIndex={0}
      onDoubleClick={props.onChoose}
      onKeyDown={(event) => {
        if (event.target !== event.currentTarget) return
        if (event.key === 'Enter') props.onChoose()
        const folds = event.key === 'ArrowLeft' ? !props.folded : event.key === 'ArrowRight' && props.folded
        if (folds && below > 0) props.onFold()
        const next =
          event.key === 'ArrowDown'
            ? event.currentTarget.nextElementSibling
            : event.key === 'ArrowUp'
              ? event.currentTarget.previousElementSibling
              : null
        if (next instanceof HTMLElement) {
          event.preventDefault()
          next.focus()
        }
      }}
    >
      <div className={classes.name} style={{ paddingLeft: 6 + depth * INDENT }}>
        {kind !== 'ancestor' && below > 0 ? (
          <button
            type="button"
            tabIndex={-1}
            className={classes.fold}
            aria-label={props.folded ? 'Unfold' : 'Fold'}
            onClick={props.onFold}
          >
            {props.folded ? '▸' : '▾'}
          </button>
        ) : (
          <span className={classes.fold} />
        )}
        {kind === 'focus' ? (
          <strong className="ellipsis">{name}</strong>
        ) : (
          <Link
            to="/devices/$deviceId/processes/$sophosPid"
            params={{ deviceId: props.deviceId, sophosPid: node.sophosPid }}
            className={`${classes.link} ellipsis`}
            title={visibleText(node.path, 500)}
            tabIndex={-1}
          >
            {name}
          </Link>
        )}
        <span className={classes.pid}>{node.sophosPid.split(':')[0]}</span>
        {props.folded && <span className={classes.pid}>+{below}</span>}
      </div>
      <div className={classes.lane} {...drag}>
        <span
          className={classes.bar}
          data-open={node.end === undefined || undefined}
          data-failed={(node.exitCode ?? 0) !== 0 || undefined}
          style={{ left, width: length }}
          title={`${name}: ${formatLocal(new Date(node.start))}, ${
            node.end === undefined ? 'no end seen' : `for ${formatDuration(end - node.start)}`
          }${node.exitCode ? `, exit code ${node.exitCode}` : ''}`}
        />
        {marks.map((mark) => (
          <span
            key={`${mark.x} ${mark.kind}`}
            className={classes.mark}
            data-kind={mark.kind}
            style={{ left: mark.x }}
            title={
              mark.count === 1
                ? `${formatLocal(new Date(mark.first.at))}: ${mark.first.action} ${visibleText(mark.first.object, 200)}`
                : `${mark.count} × ${kindWords[mark.kind].name}, first ${mark.first.action} ${visibleText(mark.first.object, 200)}`
            }
          >
            {kindWords[mark.kind].letter}
          </span>
        ))}
      </div>
    </div>
  )
}
