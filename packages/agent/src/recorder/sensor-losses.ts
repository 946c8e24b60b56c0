import type { Journal } from '@quarry/schema/define-journal'
import type { SensorLayer, SensorStatus } from '@quarry/schema/events'
import listenJournal from '@quarry/schema/journals/quarry_listen_journal'
import directoryJournal from '@quarry/schema/journals/sophos_directory_journal'
import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import httpJournal from '@quarry/schema/journals/sophos_http_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import networkJournal from '@quarry/schema/journals/sophos_network_journal'
import processJournal from '@quarry/schema/journals/sophos_process_journal'
import systemJournal from '@quarry/schema/journals/sophos_system_journal'
import urlJournal from '@quarry/schema/journals/sophos_url_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import type { Losses } from './shedding/losses.ts'

/**
 * The journals that may lack what a layer lost. A source does not say what it lost, only how much: whoever reads any of these must
 * know, so each is told the whole number.
 */
const journals: Record<SensorLayer, readonly Journal[]> = {
  process: [processJournal],
  network: [ipJournal, networkJournal, listenJournal],
  file: [fileJournal, directoryJournal],
  dns: [dnsJournal],
  web: [urlJournal, httpJournal],
  login: [winsecJournal],
  system: [systemJournal],
}

/** Takes over what the sources say they lost since the last call. */
export function watchSensorLosses(losses: Losses): (status: readonly SensorStatus[], at: number) => void {
  const told = new Map<SensorLayer, number>()
  return (status, at) => {
    for (const { layer, lost } of status) {
      const more = lost - (told.get(layer) ?? 0)
      told.set(layer, lost)
      if (more <= 0) continue
      for (const { subject } of journals[layer]) losses.add(subject, 'source', at, more)
    }
  }
}
