import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { openHost } from '@quarry/tables/host'
import type { Scores } from '@quarry/tables/host-ports'
import { afterAll, expect, test } from 'vitest'
import { openScoring } from './open-scoring.ts'
import { makePe } from './testing/make-pe.ts'

const folder = mkdtempSync(join(tmpdir(), 'quarry-scoring-'))
afterAll(() => rmSync(folder, { recursive: true }))
const machine = openHost()

function score(path: string, { host = machine, dir = join(folder, 'cache') } = {}): Scores | undefined {
  const scoring = openScoring(dir)
  try {
    const sha256 = createHash('sha256')
      .update(host.readBytes(path, 1 << 30))
      .digest('hex')
    return scoring.of(host, { path, image: path, sha256 })
  } finally {
    scoring.close()
  }
}

const reasons = (data = '') => (JSON.parse(data) as { code: string }[]).map(({ code }) => code)
const put = (path: string, bytes: Buffer | string) => {
  const place = join(folder, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, bytes)
  return place
}

test.skipIf(!existsSync('/var/lib/dpkg/status'))('a program of this machine, and its copy in /tmp', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a format of dpkg-query
  const dash = execFileSync('dpkg-query', ['-W', '-f', '${Version}', 'dash'], { encoding: 'utf8' })
  const own = score('/usr/bin/dash')!
  expect(own).toMatchObject({ localRep: 85, globalRep: -1, mlScore: -1, puaScore: -1 })
  expect(JSON.parse(own.localRepData)).toMatchObject([{ code: 'owned', package: 'dash', version: dash }])
  expect(reasons(own.mlScoreData)).toEqual(['not_pe'])
  const copy = join(folder, 'dash')
  copyFileSync('/usr/bin/dash', copy)
  expect(score(copy)).toMatchObject({ localRep: 30 })
})

test('a Windows program gets both scores, with reasons, the second time from the cache', () => {
  const image = makePe({
    sections: [{ name: 'UPX0', bytes: Buffer.alloc(600, 1), characteristics: 0xe0000020 }],
  })
  const path = put('packed.exe', image)
  const first = score(path)!
  expect(first.mlScore).toBeGreaterThanOrEqual(0)
  expect(first.mlScore).toBeLessThanOrEqual(100)
  expect(JSON.parse(first.mlScoreData)).toMatchObject([{ model: 'pe-headers', experimental: true }])
  expect(first.puaScore).toBe(30)
  expect(reasons(first.puaScoreData)).toEqual(['packer_section', 'writable_code'])
  expect(score(path)).toEqual(first)
})

test('an image that was changed after it was signed has a bad reputation', () => {
  const image = makePe({
    sections: [{ name: '.text', bytes: Buffer.alloc(600, 1) }],
    certificates: Buffer.alloc(64, 9),
  })
  const scores = score(put('opt/signed.exe', image))!
  expect(scores.localRep).toBe(30)
  expect(reasons(scores.localRepData)).toEqual(['place', 'authenticode'])
})

test('what cannot be read has no scores, what is cut off or empty has honest ones', () => {
  const scoring = openScoring(undefined)
  expect(scoring.of(machine, { path: '/nowhere', image: '/nowhere', sha256: 'a' })).toBeUndefined()
  scoring.close()
  expect(score(put('empty', ''))).toMatchObject({ mlScore: -1, puaScore: -1 })
  expect(score(put('cut.exe', makePe({}).subarray(0, 240)))).toMatchObject({ mlScore: -1, puaScore: -1 })
})

test('rules of the organisation speak, and a change of them makes scores anew', () => {
  const root = join(folder, 'ruled')
  const host = openHost({ root: dirname(put('ruled/tool.sh', '#!/bin/sh\necho toolbar')), platform: 'linux' })
  const dir = join(folder, 'ruled-cache')
  const judge = () => score('/tool.sh', { host, dir })!
  expect(judge().puaScore).toBe(-1)
  put(
    'ruled/etc/quarry/yara/a.yar',
    'rule bar : adware { meta: score = 44 strings: $a = "toolbar" condition: $a }',
  )
  put('ruled/etc/quarry/yara/broken.yar', 'rule {')
  expect(judge()).toMatchObject({ puaScore: 44, localRep: 40 })
  put('ruled/etc/quarry/yara/a.yar', 'rule bar : malware { strings: $a = "toolbar" condition: $a }')
  const bad = judge()
  expect(bad).toMatchObject({ puaScore: 0, localRep: 5 })
  expect(JSON.parse(bad.localRepData)).toMatchObject([{ code: 'yara', rule: 'bar', kind: 'malware' }])
  host.close()
  expect(existsSync(join(root, 'etc'))).toBe(true)
})

test('a model of one’s own takes the place of ours, and one that does not fit says why it is not used', () => {
  const image = makePe({ sections: [{ name: '.text', bytes: Buffer.alloc(600, 1) }] })
  const host = openHost({ root: dirname(put('owned/a.exe', image)), platform: 'linux' })
  const judge = () => {
    const { mlScore, mlScoreData } = score('/a.exe', { host, dir: join(folder, 'owned-cache') })!
    return { mlScore, evidence: JSON.parse(mlScoreData) as { code: string; model?: string; text: string }[] }
  }
  expect(judge().evidence[0]?.model).toBe('pe-headers')
  // One tree that looks at NumberOfSections: -9 up to 3, 9 above.
  const tree =
    'Tree=0\nnum_leaves=2\nnum_cat=0\nsplit_feature=0\nthreshold=3\ndecision_type=0\nleft_child=-1\nright_child=-2\nleaf_value=-9 9\n\n'
  const model = `tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\nobjective=binary sigmoid:1\nfeature_names=f0\n\n${tree}end of trees\n`
  const spec = {
    name: 'mine',
    version: '3',
    fileType: 'pe',
    features: ['NumberOfSections'],
    curve: [
      [0, 0],
      [1, 100],
    ],
    experimental: false,
  }
  put('owned/etc/quarry/model/model.txt', model)
  put('owned/etc/quarry/model/features.json', JSON.stringify(spec))
  expect(judge()).toMatchObject({
    mlScore: 0,
    evidence: [{ model: 'mine', version: '3', experimental: false }],
  })
  put(
    'owned/etc/quarry/model/features.json',
    JSON.stringify({ ...spec, features: ['NumberOfSections', 'Magic'] }),
  )
  const refused = judge()
  expect(refused.evidence.map(({ code, model }) => model ?? code)).toEqual([
    'pe-headers',
    'own_model_refused',
  ])
  expect(refused.evidence[1]?.text).toContain('The model reads 1 features, its specification names 2.')
  host.close()
})

const distlib = '/usr/lib/python3/dist-packages/distlib/w64.exe'
test.skipIf(!existsSync(distlib))('honest Windows programs out of packages have low scores', () => {
  for (const name of ['t32.exe', 't64.exe', 'w32.exe', 'w64.exe']) {
    const scores = score(join(dirname(distlib), name))!
    expect(scores.mlScore, name).toBeLessThan(20)
    expect(scores.mlScore).toBeGreaterThanOrEqual(0)
    expect(scores.localRep).toBe(85)
  }
})

const packed = '/usr/share/clamav-testfiles/clam-upx.exe'
test.skipIf(!existsSync(packed))('packed programs have a score of unwanted applications', () => {
  const scores = ['upx', 'mew', 'aspack', 'petite', 'upack', 'wwpack', 'yc'].map(
    (packer) => [packer, score(`/usr/share/clamav-testfiles/clam-${packer}.exe`)!.puaScore] as const,
  )
  for (const [packer, puaScore] of scores) expect(puaScore, packer).toBeGreaterThanOrEqual(20)
  expect(readFileSync(packed).subarray(0, 2).toString()).toBe('MZ')
})
