import type { PivotType } from '@quarry/schema'
import type { ConnectorSummary } from '@quarry/schema/endpoints/connectors'
import { createEnrichments, type EnrichmentItem } from '@quarry/schema/endpoints/enrichments'
import { useCall } from '../../api.ts'
import list from '../../components/list.module.css'
import { Bars } from '../../components/loaded.tsx'
import { TroubleBox } from '../../components/trouble-box.tsx'
import classes from './enrichment.module.css'
import { fieldText } from './field-text.ts'
import { quotaWords } from './quota-words.ts'
import { VerdictMark } from './verdict-mark.tsx'

interface Props {
  connector: ConnectorSummary
  type: PivotType
  values: readonly string[]
  runId?: string | undefined
}

const againMillis = 2000
/** Values of one question to the server. */
const most = 1000

/** What one connector says of several values: a row each, its fields as columns. */
export function EnrichmentTable({ connector, type, values, runId }: Props) {
  const asked = values.slice(0, most)
  const body = { connectorId: connector.id, type, values: asked, ...(runId !== undefined && { runId }) }
  const answer = useCall(createEnrichments, { body }, { staleTime: 300_000 })
  const items = answer.data?.items ?? []
  const pending = items.some(({ status }) => status === 'pending')
  useCall(createEnrichments, { body }, { enabled: pending, refetchInterval: pending ? againMillis : false })
  const fields = connector.fields.filter(
    ({ types, name }) => types.includes(type) && items.some((item) => item.fields[name] !== undefined),
  )
  const judged = items.some(({ verdict }) => verdict !== undefined)
  return (
    <section
      className={classes.card}
      aria-label={`What ${connector.name} says`}
      aria-busy={answer.isPending || pending}
    >
      <div className={classes.head}>
        <h3>{connector.name}</h3>
      </div>
      {answer.isError && (
        <TroubleBox
          error={answer.error}
          title="The connector could not be asked"
          onRetry={() => void answer.refetch()}
        />
      )}
      {!answer.data && !answer.isError && <Bars count={6} height={24} />}
      {items.length > 0 && (
        <div className={list.frame} style={{ maxHeight: 420 }}>
          <table className={list.list}>
            <thead>
              <tr>
                <th>Value</th>
                {judged && <th>Verdict</th>}
                {fields.map(({ name, label }) => (
                  <th key={name}>{label}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={item.value}>
                  <td className={classes.value}>{item.value}</td>
                  {item.status === 'found' ? (
                    <>
                      {judged && <td>{item.verdict && <VerdictMark verdict={item.verdict} />}</td>}
                      {fields.map(({ name, type: kind }) => (
                        <td key={name}>
                          {item.fields[name] === undefined ? '' : fieldText(kind, item.fields[name])}
                        </td>
                      ))}
                    </>
                  ) : (
                    <td className="dimmed" colSpan={fields.length + (judged ? 1 : 0) || 1}>
                      {wordsOf(item)}
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <div className={classes.foot}>
        {values.length > most && <span>The first {most.toLocaleString('en')} values are asked about.</span>}
        <span className={classes.push} />
        <span>{quotaWords(answer.data?.quota ?? connector.quota)}</span>
      </div>
    </section>
  )
}

function wordsOf({ status, explanation }: EnrichmentItem): string {
  if (explanation !== undefined) return explanation
  return status === 'notFound' ? 'not known' : 'still asked…'
}
