/** Key of an extension and the id that Chrome works out from it. */
export const chromeKey = Buffer.from('a public key of an extension').toString('base64')

const profile = '/home/ada/.config/google-chrome/Profile 1'
/** The id under which the profile keeps the extension. */
export const chromeId = 'cjpalhdlnbpafiamejdnhcphjbkeiagm'

const manifest = {
  manifest_version: 2,
  name: '__MSG_extName__',
  version: '1.60.0',
  description: 'Blocks.',
  default_locale: 'en',
  update_url: 'https://clients2.example.com/crx',
  author: 'Raymond',
  background: { persistent: true },
  permissions: ['tabs', '<all_urls>', { usbDevices: [{ vendorId: 1e19 }] }],
  optional_permissions: ['downloads'],
  key: chromeKey,
  content_scripts: [
    { js: ['a.js', 'b.js'], matches: ['http://*/*', 'https://*/*'] },
    { css: ['a.css'], matches: ['*://*/*'] },
  ],
}

/** A home with a browser: one extension that the profile names, and one that only lies in its folder. */
export const chromeHome: Record<string, string> = {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  [`${profile}/Preferences`]: JSON.stringify({ profile: { name: 'Work' } }),
  [`${profile}/Secure Preferences`]: JSON.stringify({
    extensions: {
      settings: {
        [chromeId]: {
          path: `${chromeId}/1.60.0_0`,
          from_webstore: true,
          state: 1,
          install_time: '13370000000000000',
          manifest: { current_locale: 'de' },
        },
        component: { path: '/opt/google/chrome/resources/pdf' },
      },
    },
  }),
  [`${profile}/Extensions/${chromeId}/1.60.0_0/manifest.json`]: JSON.stringify(manifest),
  [`${profile}/Extensions/${chromeId}/1.60.0_0/_locales/en/messages.json`]:
    '{"extname":{"message":"Blocker"}}',
  [`${profile}/Extensions/left/2.0_0/manifest.json`]: '{"name":"Left over","version":"2.0"}',
}
