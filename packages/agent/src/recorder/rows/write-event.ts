import type { JournalWriter } from '@quarry/journals/store'
import type { SensorEvent } from '@quarry/schema/events'
import listenJournal from '@quarry/schema/journals/quarry_listen_journal'
import directoryJournal from '@quarry/schema/journals/sophos_directory_journal'
import dnsJournal from '@quarry/schema/journals/sophos_dns_journal'
import fileJournal from '@quarry/schema/journals/sophos_file_journal'
import httpJournal from '@quarry/schema/journals/sophos_http_journal'
import ipJournal from '@quarry/schema/journals/sophos_ip_journal'
import networkJournal from '@quarry/schema/journals/sophos_network_journal'
import systemJournal from '@quarry/schema/journals/sophos_system_journal'
import urlJournal from '@quarry/schema/journals/sophos_url_journal'
import winsecJournal from '@quarry/schema/journals/sophos_winsec_journal'
import { fileRow } from './file-row.ts'

export type Out = Pick<JournalWriter, 'append'>
/** An event that becomes rows at once; starts and ends of processes take another way. */
export type PlainEvent = Exclude<SensorEvent, { type: 'exec' | 'fork' | 'exit' }>

/** Writes the rows of an event. `who`: `sophos_pid` of whoever did it, null where that is not known. */
export function writeEvent(out: Out, event: PlainEvent, who: string | null): void {
  switch (event.type) {
    case 'connection':
      out.append(ipJournal, event.at, endpoints(event, who))
      break
    case 'flow':
      out.append(networkJournal, event.at, {
        ...endpoints(event, who),
        start_time: Math.floor(event.startedAt / 1000),
        data_sent: event.sent,
        data_recv: event.received,
      })
      break
    case 'listen':
      out.append(listenJournal, event.at, {
        event_type: event.ended ? 1 : 0,
        sophos_pid: who,
        address: event.address,
        port: event.port,
        protocol: event.protocol,
      })
      break
    case 'dns':
      out.append(dnsJournal, event.at, {
        sophos_pid: who,
        name: event.name,
        type: event.question,
        answers: event.answers.join(','),
        response_code: event.responseCode,
        server: event.server,
      })
      break
    case 'http':
      writeHttp(out, event, who)
      break
    case 'tlsName':
      out.append(urlJournal, event.at, {
        sophos_pid: who,
        url: `https://${event.name}`,
        destination: event.destination,
        destination_port: event.destinationPort,
      })
      break
    case 'file':
      out.append(event.directory ? directoryJournal : fileJournal, event.at, fileRow(event, who))
      break
    case 'login':
      writeLogin(out, event, who)
      break
    case 'system':
      out.append(systemJournal, event.at, {
        event_type: event.event,
        sophos_pid: who,
        data: JSON.stringify(event.data),
      })
      break
    default:
      event satisfies never
  }
}

type Flow = Extract<SensorEvent, { type: 'connection' | 'flow' }>

function endpoints(event: Flow, who: string | null) {
  return {
    sophos_pid: who,
    source: event.source,
    source_port: event.sourcePort,
    destination: event.destination,
    destination_port: event.destinationPort,
    protocol: event.protocol,
    direction: event.direction,
  }
}

function writeHttp(out: Out, event: Extract<SensorEvent, { type: 'http' }>, who: string | null) {
  const { source, sourcePort, destination, destinationPort, method, url, headers, userAgent } = event
  const to = { sophos_pid: who, url, destination, destination_port: destinationPort }
  out.append(httpJournal, event.at, {
    ...to,
    source,
    source_port: sourcePort,
    method,
    headers,
    user_agent: userAgent,
  })
  out.append(urlJournal, event.at, to)
}

function writeLogin(out: Out, event: Extract<SensorEvent, { type: 'login' }>, who: string | null) {
  const { eventId, user, subjectUser, address, port, logonType, processName, terminal, status } = event
  out.append(winsecJournal, event.at, {
    event_type: eventId,
    sophos_pid: who,
    username: user,
    source: address ?? null,
    // Names as Windows has them; what is not known is left out.
    data: JSON.stringify({
      targetUserName: user,
      subjectUserName: subjectUser,
      ipAddress: address,
      ipPort: port,
      logonType,
      processName,
      terminal,
      status,
    }),
  })
}
