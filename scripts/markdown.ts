/** First line of every generated page. */
export const header = '<!-- Written by `npm run gen`. Do not edit. -->'

/** A Markdown table; bars and line ends in cells are made harmless. */
export function table(heads: string[], rows: string[][]): string {
  const line = (cells: string[]) =>
    `| ${cells
      .map((cell) =>
        cell
          .replaceAll('|', '\\|')
          .replace(/\s*\n\s*/g, ' ')
          .trim(),
      )
      .join(' | ')} |`
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n')
}

/** Joins the parts of a page with blank lines between them. */
export function page(...parts: string[]): string {
  return `${[header, ...parts].join('\n\n')}\n`
}
