import type { Scan } from '@quarry/tables/define-table'
import type { JournalReader, Loss, Range } from '../../store/types.ts'

const reasons: Record<string, string> = {
  shed: 'there were more events than the device could take in',
  source: 'the kernel had to drop them before they could be read',
  disk_full: 'the disk was full',
  disk_error: 'the disk refused to write',
  torn_block: 'a file of the journals was damaged',
  retention: 'they were too old or too many to be kept',
}

/** Of one table, more gaps than this are told in one sentence. */
const toldSingly = 5

/** Warns of what a journal lost in the time that is searched. Each gap is told once for a statement. */
export function warnLosses(
  scan: Scan,
  reader: JournalReader,
  table: string,
  subjects: readonly string[],
  range: Range,
) {
  const all = scan.once('losses', () => reader.losses().filter(({ subject }) => subjects.includes(subject)))
  const told = scan.once('losses told', () => new Set<Loss>())
  const from = range.from ?? Number.NEGATIVE_INFINITY
  const to = range.to ?? Number.POSITIVE_INFINITY
  const fresh = all.filter((loss) => loss.firstTime <= to && loss.lastTime >= from && !told.has(loss))
  for (const loss of fresh) told.add(loss)
  for (const group of fresh.length > toldSingly ? byReason(fresh) : fresh.map((loss) => [loss]))
    scan.warn(sentence(table, group), 'events_lost')
}

function byReason(losses: readonly Loss[]): Loss[][] {
  return [...Map.groupBy(losses, ({ reason }) => reason).values()]
}

function sentence(table: string, losses: readonly Loss[]): string {
  const events = losses.reduce((sum, loss) => sum + loss.events, 0)
  const first = Math.min(...losses.map(({ firstTime }) => firstTime))
  const last = Math.max(...losses.map(({ lastTime }) => lastTime))
  const [{ reason }] = losses as [Loss]
  const gaps = losses.length > 1 ? `, in ${losses.length} gaps` : ''
  const count = `${events.toLocaleString('en')} event${events === 1 ? '' : 's'}`
  return `${table} lost ${count} between ${iso(first)} and ${iso(last)}${gaps}: ${reasons[reason] ?? reason}.`
}

const iso = (millis: number) => new Date(millis).toISOString().replace(/\.\d+Z$/, 'Z')
