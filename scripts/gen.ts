import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** A page that is written by a file of `scripts/pages/`. */
export interface Page {
  /** Path from the root of the project. */
  path: string
  text: string
}

const check = process.argv.includes('--check')
const folder = new URL('./pages/', import.meta.url)
const stale: string[] = []

for (const name of readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .sort()) {
  const module = (await import(new URL(name, folder).href)) as { default: () => Promise<Page[]> }
  for (const page of await module.default()) write(page)
}
if (stale.length > 0) {
  console.error(`These pages are out of date; run npm run gen: ${stale.join(', ')}`)
  process.exitCode = 1
}

function write({ path, text }: Page): void {
  const file = new URL(`../${path}`, import.meta.url)
  const now = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (now === text) return
  if (check) return void stale.push(path)
  mkdirSync(dirname(file.pathname), { recursive: true })
  writeFileSync(file, text)
  console.log(path)
}
