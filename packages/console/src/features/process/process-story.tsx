import { useMemo, useState } from 'react'
import { useNow } from '../../components/use-now.ts'
import { ActivityList } from './activity-list.tsx'
import type { Activity } from './marks.ts'
import { ProcessFacts } from './process-facts.tsx'
import classes from './process-page.module.css'
import type { ProcessSearch } from './process-search.ts'
import { treeRows } from './process-tree.ts'
import type { Story } from './story.ts'
import { windowOf } from './time-window.ts'
import { Waterfall } from './waterfall.tsx'

interface Props {
  story: Story
  focus: string
  deviceId: string
  /** Rows that the device sent and the page does not hold. */
  beyond: number
  search: ProcessSearch
  onSearch: (part: ProcessSearch) => void
}

/** The story of a process: its facts, the tree with its timeline, and the list of what was done. */
export function ProcessStory({ story, focus, deviceId, beyond, search, onSearch }: Props) {
  const now = useNow(5000).getTime()
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set())
  const rows = useMemo(() => treeRows(story.nodes, focus, folded), [story, focus, folded])
  const hidden = useMemo(() => new Set(search.hide), [search.hide])
  const byProcess = useMemo(() => {
    const map = new Map<string, Activity[]>()
    for (const activity of story.activities) {
      if (hidden.has(activity.kind)) continue
      const list = map.get(activity.sophosPid)
      if (list) list.push(activity)
      else map.set(activity.sophosPid, [activity])
    }
    return map
  }, [story, hidden])
  // Ancestors may have started weeks before: the picture begins with the process itself.
  const whole = useMemo(() => {
    const own = rows.filter((row) => row.kind !== 'ancestor').map((row) => row.node)
    return windowOf(
      [...own.flatMap(({ start, end }) => [start, end ?? start]), ...story.activities.map(({ at }) => at)],
      Date.now(),
    )
  }, [rows, story])
  const window =
    search.from !== undefined && search.to !== undefined ? { from: search.from, to: search.to } : whole
  const self = story.nodes.find((node) => node.sophosPid === (search.only ?? focus))
  const inWindow = story.activities.filter(
    ({ at, sophosPid }) =>
      at >= window.from && at <= window.to && (search.only === undefined || search.only === sophosPid),
  )
  const names = useMemo(() => new Map(story.nodes.map((node) => [node.sophosPid, node.name])), [story])
  return (
    <>
      {self && <ProcessFacts node={self} />}
      <Waterfall
        rows={rows}
        activities={byProcess}
        window={window}
        whole={whole}
        now={Math.min(now, whole.to)}
        folded={folded}
        only={search.only}
        deviceId={deviceId}
        onWindow={({ from, to }) =>
          onSearch(from <= whole.from && to >= whole.to ? { from: undefined, to: undefined } : { from, to })
        }
        onFold={(sophosPid) => {
          const next = new Set(folded)
          if (!next.delete(sophosPid)) next.add(sophosPid)
          setFolded(next)
        }}
        onOnly={(only) => onSearch({ only })}
      />
      <p className={classes.hint}>
        Drag to move in time, Ctrl and the wheel to zoom. Double-click or Enter on a process shows what it
        alone did.
        {beyond > 0 && ` ${beyond.toLocaleString('en')} more rows are in its run.`}
      </p>
      <ActivityList
        activities={inWindow}
        hidden={hidden}
        nameOf={(sophosPid) => names.get(sophosPid) ?? ''}
        onHide={(hide) => onSearch({ hide: hide.length > 0 ? hide : undefined })}
      />
    </>
  )
}
