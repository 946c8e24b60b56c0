// Our reading of PE files beside that of Debian's python3-pefile, on Windows programs that packages of this machine bring.
// With QUARRY_PE_FILES=<folder> on those of a folder instead.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { headerNames } from './header-names.ts'
import { headerFeatures, parsePe } from './parse-pe.ts'

const program = `
import sys, json, pefile
names = json.loads(sys.argv[1])
for path in sys.stdin.read().split('\\n'):
    try:
        pe = pefile.PE(path, fast_load=True)
    except pefile.PEFormatError:
        print(json.dumps(None)); continue
    parts = (pe.DOS_HEADER, pe.FILE_HEADER, pe.OPTIONAL_HEADER)
    headers = [next((getattr(part, name) for part in parts if hasattr(part, name)), None) for name in names]
    sections = [[s.Name.rstrip(b'\\0').decode('latin1'), s.Misc_VirtualSize, s.VirtualAddress, s.SizeOfRawData, s.PointerToRawData, s.Characteristics] for s in pe.sections]
    print(json.dumps({'headers': headers, 'sections': sections}))
    pe.close()
`
const given = process.env.QUARRY_PE_FILES
const folders = given ? [given] : ['/usr/lib/python3/dist-packages/distlib', '/usr/share/clamav-testfiles']
const files = folders
  .filter((folder) => existsSync(folder))
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(exe|dll|sys|efi)$/i.test(name))
      .map((name) => join(folder, name)),
  )
const hasOracle = existsSync('/usr/lib/python3/dist-packages/pefile.py')

test.skipIf(!hasOracle || files.length === 0)('reads what pefile reads', { timeout: 120_000 }, () => {
  const input = files.join('\n')
  const output = execFileSync('/usr/bin/python3', ['-c', program, JSON.stringify(headerNames)], {
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const oracle = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Reading | null)
  expect(oracle).toHaveLength(files.length)
  const read = oracle.filter((reading) => reading !== null)
  expect(read.length).toBeGreaterThan(given ? 500 : 10)
  for (const [index, reading] of oracle.entries()) {
    if (!reading) continue
    const file = parsePe(readFileSync(files[index]!))
    expect(file && headerFeatures(file), files[index]).toEqual(reading.headers)
    const sections = file?.sections.map((s) => [
      s.name,
      s.virtualSize,
      s.virtualAddress,
      s.rawSize,
      s.rawOffset,
      s.characteristics,
    ])
    expect(sections, files[index]).toEqual(reading.sections)
  }
})

interface Reading {
  headers: number[]
  sections: (string | number)[][]
}
