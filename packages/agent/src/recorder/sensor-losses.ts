import type { SensorLayer, SensorStatus } from '@quarry/schema/events'
import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import systemJournal from '@quarry/schema/journals/sophos_system_journal'
import urlJournal from '@quarry/schema/journals/sophos_url_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import type { Losses } from './shedding/losses.ts'

/** The journal that lacks what a layer lost; of several, the one that most of its events go to. */
const subjects: Record<SensorLayer, string> = {
  process: processJournal.subject,
  network: ipJournal.subject,
  file: fileJournal.subject,
  dns: dnsJournal.subject,
  web: urlJournal.subject,
  login: winsecJournal.subject,
  system: systemJournal.subject,
}

/** Takes over what the sources say they lost since the last call. */
export function watchSensorLosses(losses: Losses): (status: readonly SensorStatus[], at: number) => void {
  const told = new Map<SensorLayer, number>()
  return (status, at) => {
    for (const { layer, lost } of status) {
      const more = lost - (told.get(layer) ?? 0)
      told.set(layer, lost)
      if (more > 0) losses.add(subjects[layer], 'source', at, more)
    }
  }
}
