import { chromeExtensions, extensionId } from '../browsers/chrome-extensions.ts'
import { column, defineTable } from '../define-table.ts'
import { listAt, textAt } from '../json/read-json.ts'

export default defineTable({
  name: 'chrome_extension_content_scripts',
  description:
    'Scripts that extensions of Chrome and its kin put into web pages, one row for each script and pattern of addresses; of every user unless `uid` is given.',
  platforms: ['linux'],
  columns: {
    browser_type: column.text('Browser: chrome, chromium, brave, edge, opera, vivaldi, yandex and others.'),
    uid: column.bigint('Id of the user whose profile holds the extension.', { index: true }),
    identifier: column.text('Id that is worked out from the extension’s manifest.'),
    version: column.text('Version of the extension.'),
    script: column.text('File of the script within the extension.'),
    match: column.text('Pattern of the addresses whose pages get it.'),
    profile_path: column.text('Folder of the profile.', { pivotType: 'filePath' }),
    path: column.text('Folder of the extension.', { pivotType: 'filePath' }),
    referenced: column.bigint('1 when the profile names the extension, 0 when it only lies in its folder.'),
  },
  examples: [
    "SELECT identifier, script, match FROM chrome_extension_content_scripts WHERE match IN ('<all_urls>', '*://*/*')",
  ],
  estimatedRows: 200,

  *rows(host, scan) {
    for (const extension of chromeExtensions(host, scan)) {
      const { manifest, profile, uid, path, settings } = extension
      for (const scripts of listAt(manifest, 'content_scripts')) {
        for (const script of listAt(scripts, 'js')) {
          for (const match of listAt(scripts, 'matches')) {
            if (typeof script !== 'string' || typeof match !== 'string') continue
            yield {
              browser_type: profile.browser,
              uid,
              identifier: extensionId(extension),
              version: textAt(manifest, 'version') ?? '',
              script,
              match,
              profile_path: profile.path,
              path,
              referenced: settings !== undefined,
            }
          }
        }
      }
    }
  },
})
