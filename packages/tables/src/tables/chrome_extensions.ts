import { createHash } from 'node:crypto'
import { chromeExtensions, extensionId, localized } from '../browsers/chrome-extensions.ts'
import { column, defineTable } from '../define-table.ts'
import { at, listAt, numberAt, textAt } from '../json/read-json.ts'

/** Seconds from 1601, where Chrome's clock begins, to 1970. */
const epochShift = 11_644_473_600n

export default defineTable({
  name: 'chrome_extensions',
  description:
    'Extensions of Chrome, Chromium, Edge, Brave and others of their kin, in the profiles of local users; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    browser_type: column.text('Browser: chrome, chromium, brave, edge, opera, vivaldi, yandex and others.'),
    uid: column.bigint('Id of the user whose profile holds it.', { index: true }),
    name: column.text('Name of the extension.'),
    profile: column.text('Name of the profile.'),
    profile_path: column.text('Folder of the profile.', { pivotType: 'filePath' }),
    referenced_identifier: column.text('Id by which the profile names it; empty where the profile does not.'),
    identifier: column.text('Id that is worked out from its manifest.'),
    version: column.text('Version.'),
    description: column.text('What it is.'),
    default_locale: column.text('Language that it falls back to; empty for none.'),
    current_locale: column.text('Language that the browser showed it in; empty where it is not kept.'),
    update_url: column.text('Where it looks for updates.', { pivotType: 'url' }),
    author: column.text('Who wrote it; most extensions do not say.'),
    persistent: column.integer('1 when its background page stays loaded, else 0.'),
    path: column.text('Folder of the extension.', { pivotType: 'filePath' }),
    permissions: column.text('Permissions that it asks for, separated by commas.'),
    permissions_json: column.text('The same as a JSON list.', { hidden: true }),
    optional_permissions: column.text('Permissions that it may ask for later, separated by commas.'),
    optional_permissions_json: column.text('The same as a JSON list.', { hidden: true }),
    manifest_hash: column.text('SHA-256 of its manifest.', { pivotType: 'sha256' }),
    referenced: column.bigint('1 when the profile names it, 0 when it only lies in its folder.'),
    from_webstore: column.text(
      'Whether it came from the web store: true or false; empty where it is not known.',
    ),
    state: column.text('1 when it is on, else 0; empty where it is not known.'),
    install_time: column.text(
      'When it was installed, in microseconds since 1601; empty where it is not known.',
    ),
    install_timestamp: column.bigint('When it was installed, in unix seconds; 0 where it is not known.'),
    manifest_json: column.text('Its manifest.', { hidden: true }),
    key: column.text('Its public key; empty for one that was loaded unpacked.', { hidden: true }),
  },
  examples: [
    'SELECT u.username, c.browser_type, c.name, c.version FROM users u JOIN chrome_extensions c ON c.uid = u.uid',
    "SELECT name, path FROM chrome_extensions WHERE from_webstore = 'false'",
  ],
  estimatedRows: 50,

  *rows(host, scan) {
    for (const extension of chromeExtensions(host, scan)) {
      const { manifest, settings, profile } = extension
      const permissions = [...listAt(manifest, 'permissions'), ...listAt(manifest, 'host_permissions')]
      const optional = [
        ...listAt(manifest, 'optional_permissions'),
        ...listAt(manifest, 'optional_host_permissions'),
      ]
      const installed = textAt(settings, 'install_time') ?? textAt(settings, 'first_install_time') ?? ''
      yield {
        browser_type: profile.browser,
        uid: extension.uid,
        name: localized(host, scan, extension, 'name'),
        profile: profile.name,
        profile_path: profile.path,
        referenced_identifier: extension.referencedId,
        identifier: extensionId(extension),
        version: textAt(manifest, 'version') ?? '',
        description: scan.uses('description') ? localized(host, scan, extension, 'description') : null,
        default_locale: textAt(manifest, 'default_locale') ?? '',
        current_locale:
          textAt(settings, 'manifest', 'current_locale') ?? textAt(manifest, 'current_locale') ?? '',
        update_url: textAt(manifest, 'update_url') ?? '',
        author: textAt(manifest, 'author') ?? textAt(manifest, 'author', 'email') ?? '',
        persistent: numberAt(manifest, 'background', 'persistent') === 1,
        path: extension.path,
        permissions: words(permissions),
        permissions_json: jsonText(permissions),
        optional_permissions: words(optional),
        optional_permissions_json: jsonText(optional),
        manifest_hash: scan.uses('manifest_hash')
          ? createHash('sha256').update(extension.manifestText).digest('hex')
          : null,
        referenced: settings !== undefined,
        from_webstore: word(at(settings, 'from_webstore')),
        state: stateOf(settings),
        install_time: installed,
        install_timestamp: /^\d{1,18}$/.test(installed) ? BigInt(installed) / 1_000_000n - epochShift : 0,
        manifest_json: extension.manifestText,
        key: textAt(manifest, 'key') ?? '',
      }
    }
  },
})

/** A manifest may hold whole numbers beyond 2^53, which JSON.stringify refuses. */
const jsonText = (value: unknown) =>
  JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? Number(one) : one))
const word = (value: unknown) => (typeof value === 'boolean' ? String(value) : '')
/** A permission may be an object, such as the devices that an extension uses. */
const words = (list: readonly unknown[]) =>
  list.map((one) => (typeof one === 'string' ? one : jsonText(one))).join(', ')

/** Newer versions keep no state but the reasons why an extension is off. */
function stateOf(settings: unknown): string {
  if (settings === undefined) return ''
  const state = numberAt(settings, 'state')
  if (state !== null) return state === 1 ? '1' : '0'
  const reasons = at(settings, 'disable_reasons')
  return reasons === undefined || reasons === 0 || (Array.isArray(reasons) && reasons.length === 0)
    ? '1'
    : '0'
}
