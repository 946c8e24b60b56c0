import { column } from '../define-table.ts'

/** Columns of what matched and by which rules, the same for files and processes. */
export const ruleColumns = {
  matches: column.text('Names of the rules that match, separated by commas.'),
  count: column.integer('How many rules match; 0 for a row without a match.'),
  sig_group: column.text('Group of rules; osquery’s configuration names them, and the agent has none.', {
    additional: true,
  }),
  sigfile: column.text('File of rules; a relative name is one in /etc/osquery/yara.', { additional: true }),
  sigrule: column.text('The rules themselves.', { additional: true, hidden: true }),
  strings: column.text(
    'Strings that were found and where, as `$name:offset` in hexadecimal, separated by commas.',
  ),
  tags: column.text('Tags of the rules that match, separated by commas.'),
  sigurl: column.text('Address of rules; off unless the policy of the device lets queries use the network.', {
    additional: true,
    hidden: true,
  }),
}
