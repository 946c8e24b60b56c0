import { listConnectors } from '@quarry/schema/endpoints/connectors'
import { getReputationSettings } from '@quarry/schema/endpoints/reputation'
import { useCall } from '../../api.ts'
import { Bars, Loaded } from '../../components/loaded.tsx'
import { Page } from '../../components/page.tsx'
import { ModelCardTable } from '../scores/model-card-table.tsx'
import scores from '../scores/scores.module.css'
import classes from './connectors.module.css'
import { ScoresForm } from './scores-form.tsx'
import { sourcesOf } from './scores-sources.ts'

/** Where the reputation of files comes from, and how good the model of malware is. */
export function ScoresPage() {
  const settings = useCall(getReputationSettings, {})
  const connectors = useCall(listConnectors, { query: {} }, { refetchInterval: 15_000 })
  return (
    <Page
      title="Scores"
      note={<span className="dimmed">Where global_rep comes from, and how good ml_score is.</span>}
    >
      <Loaded call={settings} failed="The sources could not be read" skeleton={<Bars count={8} />}>
        {(saved) => (
          <Loaded call={connectors} failed="The connectors could not be read" skeleton={<Bars count={8} />}>
            {({ items }) => (
              // The form begins anew when what is saved changes.
              <ScoresForm key={JSON.stringify(saved)} saved={saved} sources={sourcesOf(items)} />
            )}
          </Loaded>
        )}
      </Loaded>
      <section className={classes.part} aria-label="Model of ml_score">
        <div className={scores.titled}>
          <h2>Model of ml_score</h2>
          <span className={scores.tag}>experimental</span>
        </div>
        <ModelCardTable />
        <p className={classes.hint}>
          A device with a model of your own in <span className="mono">/etc/quarry/model</span> scores by that
          one, and the reasons of its scores name it.
        </p>
      </section>
    </Page>
  )
}
