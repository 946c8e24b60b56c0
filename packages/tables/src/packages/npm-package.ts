import { jsonIn } from '../files/json-file.ts'
import { textAt } from '../json/read-json.ts'

export interface NpmPackage {
  name: string
  version: string
  description: string
  author: string
  license: string
  homepage: string
}

/** Reads a package.json; undefined for what is none or has no name. Author and licence may be text or an object. */
export function parseNpmPackage(text: string): NpmPackage | undefined {
  const found = jsonIn(text)
  const name = textAt(found, 'name')
  if (name === null) return undefined
  const word = (...path: string[]) => textAt(found, ...path) ?? ''
  return {
    name,
    version: word('version'),
    description: word('description'),
    author: word('author') || word('author', 'name'),
    license: word('license') || word('license', 'type'),
    homepage: word('homepage'),
  }
}
