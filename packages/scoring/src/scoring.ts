// Scores of files for the tables of a query: one interface over reputation, model and engines, with what was worked out before.
import type { Host, ScoredFile } from '@quarry/tables/host-ports'
import { openContentCache } from './cache/content-cache.ts'
import { type ContentScores, contentScores, type Engines } from './content-scores.ts'
import type { Evidence, Scored } from './evidence.ts'
import { localReputation } from './local/local-reputation.ts'
import { type Owners, openOwners } from './local/owners/owners-index.ts'
import { withPrevalence } from './local/prevalence.ts'
import { type LoadedModel, ownModel, shippedModel } from './ml/ml-score.ts'
import type { Scoring } from './open-scoring.ts'
import { findClamd } from './pua/clamav.ts'
import { loadYaraRules } from './pua/yara-rules.ts'
import { type Owner, openGlobalReputation } from './reputation/global-reputation.ts'
import { openKnownFiles } from './reputation/known-files.ts'

/** Opens the scores of a device; what is costly is loaded with the first file. `dir` keeps the caches; none: in memory. */
export function loadScoring(dir: string | undefined, options?: { waits: boolean }): Scoring {
  const cache = openContentCache<ContentScores>(dir)
  let engines: (Engines & { version: string }) | undefined
  let owners: Owners | undefined | 'not opened' = 'not opened'
  const knownFiles = dir === undefined ? undefined : attempt(() => openKnownFiles(dir))
  const globalReputation = openGlobalReputation(knownFiles, options)

  function ownersOf(host: Host) {
    if (owners === 'not opened') owners = dir === undefined ? undefined : attempt(() => openOwners(host, dir))
    return owners
  }

  function contentOf(host: Host, { image, sha256 }: ScoredFile) {
    engines ??= openEngines(host)
    const known = cache.get(sha256, engines.version)
    if (known) return known
    const scored = contentScores(host, image, engines)
    // An engine that failed may answer the next time.
    const isWhole = !scored.pua.evidence.some(({ code }) => code === 'engine_failed')
    if (isWhole) cache.put(sha256, engines.version, scored)
    return scored
  }

  return {
    of: (host, file) =>
      attempt(() => {
        const content = contentOf(host, file)
        const judged = localReputation(host, file, ownersOf(host), content)
        const global = globalReputation(host, file, ownerIn(judged))
        const local = withPrevalence(judged, knownFiles?.of(file.sha256), Date.now())
        return {
          localRep: local.score,
          localRepData: dataOf(local.evidence),
          globalRep: global.score,
          globalRepData: dataOf(global.evidence),
          mlScore: content.ml.score,
          mlScoreData: dataOf(content.ml.evidence),
          puaScore: content.pua.score,
          puaScoreData: dataOf(content.pua.evidence),
        }
      }),
    prepare(host) {
      ownersOf(host)
      engines ??= openEngines(host)
    },
    close() {
      cache.close()
      knownFiles?.close()
      if (owners !== 'not opened') owners?.close()
    },
  }
}

function modelOf(host: Host): LoadedModel {
  try {
    return ownModel(host) ?? shippedModel()
  } catch (error) {
    return { ...shippedModel(), refusal: (error as Error).message }
  }
}

function openEngines(host: Host) {
  const model = modelOf(host)
  const clamd = findClamd(host)
  const yara = loadYaraRules(host)
  const version = [
    model.digest,
    model.refusal ?? '',
    clamd?.version ?? 'no ClamAV',
    yara?.version ?? 'no YARA rules',
  ]
  return { model, clamd, yara, version: version.join('; ') }
}

/** The package that a judgement names. */
function ownerIn({ evidence }: Scored): Owner | undefined {
  const named = evidence.find((one) => typeof one.package === 'string')
  return named && { package: String(named.package), version: String(named.version) }
}

const dataOf = (evidence: Evidence[]) => JSON.stringify(evidence)

function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
