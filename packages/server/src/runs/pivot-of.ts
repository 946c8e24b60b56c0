import type { ColumnType, PivotType } from '@quarry/schema'

interface Named {
  type: PivotType
  /** Such a column is only believed when its values agree: many tables have an `address` that is no IP address. */
  loose?: boolean
}

const names = (type: PivotType, list: string, loose = false): [string, Named][] =>
  list.split(' ').map((name) => [name, { type, loose }])

/** Columns whose name says what they hold, in any table. */
const byName = new Map<string, Named>([
  ...names('deviceName', 'epname hostname meta_hostname computer_name'),
  ...names('deviceId', 'endpointid endpoint_id meta_endpoint_id'),
  ...names(
    'sophosPid',
    'sophos_pid sophospid parent_sophos_pid parentsophospid target_sophos_pid source_sophos_pid owner_sophos_pid',
  ),
  ...names(
    'filePath',
    'path target_path image_path parent_path process_path executable file_path dest_path cwd on_disk_path',
  ),
  ...names('sha256', 'sha256 file_sha256 parent_sha256'),
  ...names('sha1', 'sha1'),
  ...names('md5', 'md5'),
  ...names('sha256', 'hash', true),
  ...names('ipAddress', 'remote_address local_address source_ip destination_ip ip_address ip'),
  ...names('ipAddress', 'source destination address gateway host remote_host', true),
  ...names('username', 'username user_name login_name'),
  ...names('url', 'url'),
  ...names('registryKey', 'key_name registry_key'),
  ...names('domain', 'domain fqdn dns_name host_name query_name'),
  ...names('cmdline', 'cmdline cmd_line command_line parent_cmdline'),
  ...names('processName', 'process_name parent_name parent_process_name'),
  ...names('packageName', 'package_name'),
  ...names('detectionName', 'detection_name threat_name detection'),
  ...names('port', 'local_port remote_port destination_port source_port port'),
])

/** Columns that only their table makes clear: a `name` is many things. */
const byOrigin = new Map<string, PivotType>([
  ['processes.name', 'processName'],
  ['process_events.name', 'processName'],
  ['sophos_dns_journal.name', 'domain'],
  ['dns_cache.name', 'domain'],
  ['users.username', 'username'],
  ['last.username', 'username'],
  ['logged_in_users.user', 'username'],
  ['deb_packages.name', 'packageName'],
  ['rpm_packages.name', 'packageName'],
  ['apk_packages.name', 'packageName'],
  ['npm_packages.name', 'packageName'],
  ['python_packages.name', 'packageName'],
  ['sophos_detections_journal.name', 'detectionName'],
])

const numeric: ReadonlySet<ColumnType> = new Set(['integer', 'bigint', 'unsigned_bigint'])

const byValue: [PivotType, RegExp][] = [
  ['sha256', /^[0-9a-f]{64}$/i],
  ['sha1', /^[0-9a-f]{40}$/i],
  ['md5', /^[0-9a-f]{32}$/i],
  ['sophosPid', /^\d{1,10}:\d{15,19}$/],
  ['ipAddress', /^(?:\d{1,3}\.){3}\d{1,3}$|^(?=.*:.*:)[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?$/i],
  ['url', /^https?:\/\/\S+$/i],
]

/** So many of the values that are not empty must look alike: a stray one changes nothing. */
const nearlyAll = 0.9

/** Names the kind of what a column of this type and name holds; undefined when the name says nothing. */
function named(name: string, type: ColumnType): Named | undefined {
  const found = byName.get(name.toLowerCase().replace(/_\d+$/, ''))
  if (!found || type === 'blob' || type === 'double') return undefined
  // Only a port is a number; a column `user` of numbers holds something else.
  return numeric.has(type) === (found.type === 'port') ? found : undefined
}

/** Names the kind of what a column holds by its values, when nearly all that are not empty look alike. */
function pivotByValues(values: readonly unknown[]): PivotType | undefined {
  const texts = values.filter((value) => typeof value === 'string' && value !== '') as string[]
  if (texts.length === 0) return undefined
  return byValue.find(([, pattern]) => {
    const alike = texts.filter((text) => pattern.test(text)).length
    return alike >= texts.length * nearlyAll
  })?.[0]
}

/**
 * Guesses what a column holds, where the query does not say: by the table column that it is read from (an alias in the SQL hides
 * nothing), else by its own name, else by its values.
 * @param origins what the devices say of their tables, by `table.column`
 * @param values some values of the column
 */
export function guessPivot(
  column: { name: string; type: ColumnType; origin?: string | undefined },
  origins: ReadonlyMap<string, PivotType>,
  values: readonly unknown[],
): PivotType | undefined {
  const { name, type, origin } = column
  const known = origin === undefined ? undefined : (origins.get(origin) ?? byOrigin.get(origin))
  if (known) return known
  const source = origin?.slice(origin.indexOf('.') + 1)
  const found = (source && named(source, type)) || named(name, type)
  if (found && !found.loose) return found.type
  return type === 'text' ? pivotByValues(values) : undefined
}
