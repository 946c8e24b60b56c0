import type { SensorEvent, SensorEventType } from '@quarry/schema/events'
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

interface Place {
  subject: string
  shedOrder: number
}

const journals: Record<SensorEventType, Place> = {
  exec: processJournal,
  fork: processJournal,
  exit: processJournal,
  connection: ipJournal,
  flow: networkJournal,
  listen: listenJournal,
  dns: dnsJournal,
  http: httpJournal,
  tlsName: urlJournal,
  file: fileJournal,
  login: winsecJournal,
  system: systemJournal,
}

/** Reads are the least that is known of a file: they go before everything else. */
const reads: Place = { subject: fileJournal.subject, shedOrder: 8 }
const directories: Place = directoryJournal

/** How many orders of shedding there are. */
export const shedOrders = 9

/** The journal that an event is for, and what goes first when there is too much. */
export function placeOf(event: SensorEvent): Place {
  if (event.type !== 'file') return journals[event.type]
  if (event.action === 'accessed' || event.action === 'mapped') return reads
  return event.directory ? directories : journals.file
}

/** The journals that lack something when an event is given up: a request of HTTP makes two rows. */
export function subjectsOf(event: SensorEvent): string[] {
  return event.type === 'http' ? [httpJournal.subject, urlJournal.subject] : [placeOf(event).subject]
}
