import type { Face, Measure } from './column-width.ts'

/** Makes a measure for the fonts that this browser really has, as the page uses them. */
export function pageMeasure(): Measure {
  const context = document.createElement('canvas').getContext('2d')
  const { fontFamily } = getComputedStyle(document.body)
  const mono = getComputedStyle(document.documentElement).getPropertyValue('--mantine-font-family-monospace')
  const fonts: Record<Face, string> = {
    head: `600 12px ${fontFamily}`,
    mono: `12px ${mono}`,
    sans: `13px ${fontFamily}`,
    tag: `11px ${fontFamily}`,
  }
  return (text, face) => {
    if (!context) return text.length * 8
    context.font = fonts[face]
    return context.measureText(text).width
  }
}
