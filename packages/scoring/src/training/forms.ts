// The model forms that are tried; which one is taken is decided by the tables that a fold may see.
import { type HeaderName, headerNames } from '../pe/header-names.ts'
import type { BoostForm } from './boost.ts'

export interface ModelForm extends BoostForm {
  name: string
}

const base = { trees: 120, leaves: 31, minLeaf: 20, l2: 1, learningRate: 0.1, featureShare: 1 }
const small = { ...base, trees: 60, leaves: 15 }
// Numbers that the author sets at will, or that tell which tool built a file rather than what it does: they differ from one collection
// of files to the next more than between malware and the rest.
const image: HeaderName[] = ['MajorImageVersion', 'MinorImageVersion']
const linker: HeaderName[] = ['MajorLinkerVersion', 'MinorLinkerVersion']
const checksum: HeaderName[] = ['CheckSum']

const form = (name: string, settings: typeof base, leftOut: HeaderName[]): ModelForm => ({
  name,
  ...settings,
  without: leftOut.map((header) => headerNames.indexOf(header)),
})

export const forms: ModelForm[] = [
  form('all headers', base, []),
  form('all headers, small', small, []),
  form('no checksum', base, checksum),
  form('no image version', base, image),
  form('no linker version', base, linker),
  form('no versions', base, [...image, ...linker]),
  form('no versions, small', small, [...image, ...linker]),
  form('no versions, no checksum', base, [...image, ...linker, ...checksum]),
]
