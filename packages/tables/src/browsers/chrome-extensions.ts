import { createHash } from 'node:crypto'
import { homesOf } from '../accounts/homes.ts'
import type { Scan } from '../define-table.ts'
import { jsonIn } from '../files/json-file.ts'
import { entriesOf, textOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'
import { textAt } from '../json/read-json.ts'
import { type ChromeProfile, chromeProfiles } from './chrome-profiles.ts'

const maxManifest = 4 << 20
const maxMessages = 4 << 20

export interface ChromeExtension {
  uid: number
  profile: ChromeProfile
  /** Id in the preferences; empty for one that they do not name. */
  referencedId: string
  /** What the preferences say about it. */
  settings: unknown
  path: string
  manifest: unknown
  manifestText: string
}

/**
 * The extensions of browsers of Chrome's kin in the homes that a scan means: those that the preferences of a profile name, then those
 * that only lie in its folder. One without a manifest, such as a part of the browser itself, is left out.
 */
export function* chromeExtensions(
  host: Host,
  scan: Pick<Scan<{ uid: never }>, 'integers' | 'warn' | 'once'>,
): Generator<ChromeExtension> {
  for (const { uid, directory } of homesOf(host, scan)) {
    for (const profile of chromeProfiles(host, scan, directory)) {
      const seen = new Set<string>()
      function* at(path: string, referencedId: string, settings: unknown) {
        if (seen.has(path)) return
        seen.add(path)
        const manifestText = textOf(host, scan, `${path}/manifest.json`, maxManifest)
        const manifest = manifestText && jsonIn(manifestText)
        if (manifest) yield { uid, profile, referencedId, settings, path, manifest, manifestText }
      }
      for (const [id, settings] of profile.settings) {
        const path = textAt(settings, 'path')
        if (path) yield* at(path.startsWith('/') ? path : `${profile.path}/Extensions/${path}`, id, settings)
      }
      const folder = `${profile.path}/Extensions`
      for (const { name: id } of entriesOf(host, scan, folder)) {
        for (const { name: version } of entriesOf(host, scan, `${folder}/${id}`))
          yield* at(`${folder}/${id}/${version}`, '', undefined)
      }
    }
  }
}

/** The id that Chrome works out from the key of a manifest, or from the path of an unpacked extension. */
export function extensionId({ manifest, path }: ChromeExtension): string {
  const key = textAt(manifest, 'key')
  const digest = createHash('sha256')
    .update(key ? Buffer.from(key, 'base64') : path)
    .digest('hex')
  return [...digest.slice(0, 32)]
    .map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 16)))
    .join('')
}

/** A text of a manifest; `__MSG_<name>__` is looked up in the messages of its default language. */
export function localized(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  { manifest, path }: ChromeExtension,
  field: string,
): string {
  const text = textAt(manifest, field) ?? ''
  const [, name] = /^__MSG_(\w+)__$/.exec(text) ?? []
  const locale = textAt(manifest, 'default_locale')
  if (!name || !locale || !/^[\w-]+$/.test(locale)) return text
  const messages = scan.once(`messages ${path}`, () => {
    const found = jsonIn(textOf(host, scan, `${path}/_locales/${locale}/messages.json`, maxMessages) ?? '')
    const entries = found && typeof found === 'object' ? Object.entries(found) : []
    return new Map(entries.map(([key, value]) => [key.toLowerCase(), textAt(value, 'message')]))
  })
  return messages.get(name.toLowerCase()) ?? text
}
