import { afterAll, expect, test } from 'vitest'
import { makeZip } from '../testing/make-zip.ts'
import { openRoot } from '../testing/root-folder.ts'
import table from './jetbrains_plugins.ts'

const xml = (name: string) =>
  `<!-- <name>old</name> --><idea-plugin><name>${name}</name><version>1.2</version><vendor url="x">A &amp; B</vendor></idea-plugin>`
const top = '/home/ada/.local/share/JetBrains'
const machine = await openRoot([table], {
  '/etc/passwd': 'ada:x:1000:1000::/home/ada:/bin/bash\n',
  [`${top}/IdeaIC2024.1/key-promoter/lib/other.jar`]: makeZip('META-INF/MANIFEST.MF', ''),
  [`${top}/IdeaIC2024.1/key-promoter/lib/plugin.jar`]: makeZip('META-INF/plugin.xml', xml('Key Promoter')),
  [`${top}/GoLand2023.3/small.jar`]: makeZip('META-INF/plugin.xml', xml('Small'), false),
  [`${top}/GoLand2023.3/broken.jar`]: 'PK\x05\x06 no archive',
  [`${top}/consentOptions/accepted`]: '',
})
afterAll(() => machine.close())

test('reads plugins in folders and in single jars', () => {
  expect(machine.all('SELECT * FROM jetbrains_plugins')).toEqual([
    {
      product_type: 'GoLand',
      uid: 1000,
      name: 'Small',
      version: '1.2',
      vendor: 'A & B',
      path: `${top}/GoLand2023.3/small.jar`,
    },
    {
      product_type: 'IntelliJIdeaCommunityEdition',
      uid: 1000,
      name: 'Key Promoter',
      version: '1.2',
      vendor: 'A & B',
      path: `${top}/IdeaIC2024.1/key-promoter`,
    },
  ])
  expect(machine.all('SELECT * FROM jetbrains_plugins WHERE uid = 0')).toEqual([])
})
