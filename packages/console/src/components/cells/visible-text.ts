/** Longest text that a cell draws; a value may be megabytes. The card and Copy have it whole. */
const LONGEST = 600

// Characters that would change how their neighbours are drawn: control characters, and the marks that turn the direction
// of writing, with which a file named `exe.gpj` is made to read `jpg.exe`.
const UNSEEN = /[\p{Cc}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu

/** Writes a value of a device so that nothing in it is invisible or rearranges the line: a newline becomes `↵`, a tab `⇥`, others `⟨U+202E⟩`. */
export function visibleText(text: string, longest = LONGEST): string {
  const cut = text.length > longest ? `${text.slice(0, longest)}…` : text
  return cut.replace(UNSEEN, (character) => {
    const code = character.codePointAt(0)!
    if (character === '\n') return '↵'
    if (character === '\t') return '⇥'
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
  })
}
