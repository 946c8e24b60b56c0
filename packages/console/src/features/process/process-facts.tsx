import { formatDuration } from '../../components/cells/format-duration.ts'
import { formatLocal, formatUtc } from '../../components/cells/format-time.ts'
import { visibleText } from '../../components/cells/visible-text.ts'
import classes from './process-page.module.css'
import type { ProcessNode } from './process-tree.ts'

/** What one process was. */
export function ProcessFacts({ node }: { node: ProcessNode }) {
  const facts: [string, string][] = [
    ['Command line', node.cmdLine],
    ['Program', node.path],
    ['User', node.username],
    ['Started', `${formatLocal(new Date(node.start))} (${formatUtc(new Date(node.start))})`],
    ['Ended', endWords(node)],
    ['SHA-256', node.sha256],
    ['sophos_pid', node.sophosPid],
  ]
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd className="mono">{visibleText(value, 4000)}</dd>
          </div>
        ))}
    </dl>
  )
}

function endWords({ start, end, exitCode }: ProcessNode): string {
  if (end === undefined) return 'it runs, or its end was not recorded'
  const code = exitCode === undefined ? '' : `, exit code ${exitCode}`
  return `${formatLocal(new Date(end))}, after ${formatDuration(end - start)}${code}`
}
