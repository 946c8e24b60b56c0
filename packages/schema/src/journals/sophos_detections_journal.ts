import { defineJournal, journalColumn, processColumns } from '../define-journal.ts'

const { text, sophosPid, sha256 } = journalColumn

export default defineJournal({
  subject: 'Detections',
  table: 'sophos_detections_journal',
  description: 'What scans found.',
  shedOrder: 0,
  columns: {
    ...processColumns,
    detection_name: text('Name of what was found.', { index: true, aliases: ['detectionName'] }),
    detection_thumbprint: text('Fingerprint that tells this detection from others.', {
      aliases: ['detectionThumbprint'],
    }),
    threat_source: text('What found it: `scan`, `ml`, `reputation`, `behavioral`.', {
      aliases: ['threatSource'],
    }),
    primary_item: text('What it was found in: a path, a URL.', { index: true, aliases: ['primaryItem'] }),
    primary_item_type: text('`FILE`, `PROCESS`, `URL`.', { aliases: ['primaryItemType'] }),
    primary_item_name: text('Last part of the item.', { aliases: ['primaryItemName'] }),
    primary_item_spid: sophosPid('Process that it was found in.', {
      aliases: ['primaryItemSpid'],
      pivotType: 'sophosPid',
    }),
    sha256: sha256('SHA-256 of the item.', { index: true, pivotType: 'sha256' }),
    sid: text('User id as text.'),
    raw: text('All that is known of it, as JSON.'),
    mitre_ttps: text('Techniques of MITRE ATT&CK, separated by commas.', { aliases: ['mitreTTPs'] }),
  },
  examples: ['SELECT time, detection_name, primary_item FROM sophos_detections_journal WHERE time > 0'],
})
