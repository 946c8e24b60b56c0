/** A package of Gentoo by category, name and version. */
export interface PortageId {
  package: string
  version: string
}

/** Cuts `name-version` where a version of PMS begins; undefined where there is none. */
export function splitPortageName(text: string): PortageId | undefined {
  const found = /^(.+?)-(\d[\w.]*(?:_(?:alpha|beta|pre|rc|p)\d*)*(?:-r\d+)?)$/.exec(text)
  return found ? { package: found[1]!, version: found[2]! } : undefined
}

/** Reads an atom such as `>=dev-lang/python-3.11:3.11`: the package, and the version with its operator; `` where it names none. */
export function parseAtom(atom: string): PortageId {
  const [, operator = '', rest = ''] =
    /^([<>=~!]*)(.*)$/.exec(atom.replace(/::.*$/, '').replace(/:.*$/, '')) ?? []
  const cut = operator && splitPortageName(rest.replace(/\*$/, ''))
  return cut ? { package: cut.package, version: operator + cut.version } : { package: rest, version: '' }
}
