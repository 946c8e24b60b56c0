import type { PivotType } from '../pivots.ts'

/** The place of the value in a link: `{value}`, or as the Live Discover API writes it, `$$ipAddress$$`. */
const place = /\{value\}|\$\$\w+\$\$/g

/**
 * Tells what is wrong with the template of a link.
 * @returns undefined when nothing is
 */
export function badLinkTemplate(template: string, types: readonly PivotType[]): string | undefined {
  const places = template.match(place) ?? []
  if (places.length === 0) return 'the link has no place for the value, such as {value} or $$ipAddress$$'
  const named = places.filter((each) => each !== '{value}').map((each) => each.slice(2, -2))
  const stranger = named.find((name) => !types.includes(name as PivotType))
  if (stranger !== undefined) return `$$${stranger}$$ is not a type of this link`
  const probe = template.replace(place, 'value')
  if (!URL.canParse(probe) || !/^https?:$/.test(new URL(probe).protocol))
    return 'the link is not an http or https address'
  const { origin, username, password } = new URL(probe)
  if (username || password) return 'the link has a user name or password in it'
  const before = /^https?:\/\/[^/?#]*/i.exec(template)?.[0] ?? ''
  if (new RegExp(place.source).test(before))
    return `the value must stand behind ${origin.replace('value', '…')}`
  return undefined
}

/** Returns the address of a link for a value; everything that could change its meaning is percent-encoded. */
export function linkOf(template: string, value: string): string {
  return template.replace(place, () => encodeURIComponent(value))
}
