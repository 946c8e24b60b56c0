/** One part of a name as Node.js writes it, a line each (`CN=…`); empty when the name has none. Several are joined by commas. */
export const namePart = (name: string, part: string): string =>
  name
    .split('\n')
    .filter((line) => line.startsWith(`${part}=`))
    .map((line) => line.slice(part.length + 1))
    .join(', ')
