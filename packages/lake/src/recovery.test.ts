// What an earlier process left in the folder, made on purpose: states that a kill meets only rarely.
import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ask, batch, duckDbLake, noon, scratch } from './testing/lake-setting.ts'

const segmentsOf = (folder: string) =>
  readdirSync(`${folder}/segments`)
    .sort()
    .map((name) => `${folder}/segments/${name}`)
const idsOf = async (lake: Awaited<ReturnType<typeof duckDbLake>>) =>
  (await ask(lake, 'SELECT id::INT FROM programs ORDER BY id')).flat()
const row = (id: number) => [{ time: noon, id }]

test('a segment that was loaded and not yet removed is not loaded again', async () => {
  const folder = scratch()
  const first = await duckDbLake(folder)
  await first.append(batch(1, row(1)))
  cpSync(`${folder}/segments`, `${folder}/before`, { recursive: true })
  await first.compact()
  await first.close()
  rmSync(`${folder}/segments`, { recursive: true })
  renameSync(`${folder}/before`, `${folder}/segments`)
  expect(segmentsOf(folder)).toHaveLength(1)
  const lake = await duckDbLake(folder)
  expect(await idsOf(lake)).toEqual([1])
  await lake.append(batch(2, row(2)))
  await lake.compact()
  expect(await idsOf(lake)).toEqual([1, 2])
  await lake.close()
  expect(segmentsOf(folder)).toEqual([])
})

test('files that the manifest does not name are removed, and those of an open question stay', async () => {
  const folder = scratch()
  const first = await duckDbLake(folder)
  await first.append(batch(1, row(1)))
  await first.compact()
  await first.close()
  const [file] = readdirSync(`${folder}/parquet`)
  writeFileSync(`${folder}/parquet/programs.2026-03-10.99.parquet`, readFileSync(`${folder}/parquet/${file}`))
  const lake = await duckDbLake(folder)
  expect(readdirSync(`${folder}/parquet`)).toEqual([file])
  expect(await idsOf(lake)).toEqual([1])
  const view = await lake.view()
  await lake.expire('programs', 1, (noon + 5 * 86_400) * 1000)
  expect(readdirSync(`${folder}/parquet`)).toEqual([file])
  view.close()
  await expect.poll(() => readdirSync(`${folder}/parquet`)).toEqual([])
  await lake.close()
})

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 5)],
  ['changed', (bytes: Buffer) => bytes.fill('x', bytes.length - 5, bytes.length - 4)],
])('a last frame that is %s counts as never sent', async (_, spoil) => {
  const folder = scratch()
  const first = await duckDbLake(folder)
  await first.append(batch(1, row(1)))
  await first.append(batch(2, row(2)))
  await first.close()
  const [path = ''] = segmentsOf(folder)
  writeFileSync(path, spoil(readFileSync(path)))
  const lake = await duckDbLake(folder)
  expect(await idsOf(lake)).toEqual([1])
  expect(await lake.append(batch(1, row(1)))).toBe('repeated')
  expect(await lake.append(batch(2, row(2)))).toBe('stored')
  expect(await idsOf(lake)).toEqual([1, 2])
  await lake.close()
})

test('a disk that cannot be written acknowledges nothing, asks for what is missing in order, and recovers', async () => {
  const folder = scratch()
  const lake = await duckDbLake(folder)
  await lake.append(batch(1, row(1)))
  await lake.compact()
  rmSync(`${folder}/segments`, { recursive: true })
  const failed = await Promise.allSettled([lake.append(batch(2, row(2))), lake.append(batch(3, row(3)))])
  expect(failed.map((one) => one.status === 'rejected' && one.reason.kind)).toEqual([
    'unavailable',
    'unavailable',
  ])
  mkdirSync(`${folder}/segments`)
  await expect(lake.append(batch(3, row(3)))).rejects.toMatchObject({ kind: 'resend' })
  expect(await lake.append(batch(2, row(2)))).toBe('stored')
  expect(await lake.append(batch(3, row(3)))).toBe('stored')
  expect(await idsOf(lake)).toEqual([1, 2, 3])
  await lake.close()
})

test('a manifest that cannot be read is said, never taken for an empty lake', async () => {
  const folder = scratch()
  writeFileSync(`${folder}/manifest.json`, '{')
  await expect(duckDbLake(folder)).rejects.toThrow('JSON')
})
