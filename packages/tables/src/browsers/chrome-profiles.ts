import type { Scan } from '../define-table.ts'
import { jsonOf } from '../files/json-file.ts'
import { entriesOf } from '../files/text-files.ts'
import type { Host } from '../host/host.ts'
import { at, entriesAt, textAt } from '../json/read-json.ts'

/** Folders of browsers in a home, by osquery's names of the browsers. */
const browsers = [
  ['chrome', '.config/google-chrome'],
  ['chrome_beta', '.config/google-chrome-beta'],
  ['chrome_dev', '.config/google-chrome-unstable'],
  ['chromium', '.config/chromium'],
  ['chromium', 'snap/chromium/common/chromium'],
  ['brave', '.config/BraveSoftware/Brave-Browser'],
  ['edge', '.config/microsoft-edge'],
  ['edge_beta', '.config/microsoft-edge-beta'],
  ['opera', '.config/opera'],
  ['vivaldi', '.config/vivaldi'],
  ['yandex', '.config/yandex-browser'],
  ['yandex', '.config/yandex-browser-beta'],
] as const
const maxPreferences = 64 << 20

export interface ChromeProfile {
  browser: string
  /** Name that the user gave it. */
  name: string
  path: string
  /** What the preferences say about extensions, by their ids; the protected preferences win. */
  settings: Map<string, unknown>
}

/** The profiles of browsers of Chrome's kin in a home. A profile is a folder with preferences; Opera has one without a name. */
export function* chromeProfiles(
  host: Host,
  scan: Pick<Scan, 'warn' | 'once'>,
  home: string,
): Generator<ChromeProfile> {
  for (const [browser, folder] of browsers) {
    const top = `${home}/${folder}`
    const names = entriesOf(host, scan, top).flatMap((entry) =>
      entry.folder ? [`${top}/${entry.name}`] : [],
    )
    for (const path of [top, ...names]) {
      if (!host.exists(`${path}/Preferences`)) continue
      const plain = jsonOf(host, scan, `${path}/Preferences`, maxPreferences)
      const secure = jsonOf(host, scan, `${path}/Secure Preferences`, maxPreferences)
      const settings = new Map<string, unknown>()
      for (const one of [plain, secure])
        for (const [id, value] of entriesAt(at(one, 'extensions'), 'settings')) settings.set(id, value)
      yield { browser, name: textAt(plain, 'profile', 'name') ?? '', path, settings }
    }
  }
}
