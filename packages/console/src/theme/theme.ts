import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The one accent. Red, amber and green are left to verdicts. */
const cobalt: MantineColorsTuple = [
  '#eef3ff',
  '#dce5fb',
  '#b7c8f3',
  '#8ea9ec',
  '#6c8ee6',
  '#4d74dc',
  '#3c64d0',
  '#3157c4',
  '#274799',
  '#1b3474',
]

/** Neutral with a touch of blue: 7 is the page, 6 a surface, 4 a border, 0 text, 2 dimmed text. */
const dark: MantineColorsTuple = [
  '#d9dee5',
  '#b4bdc8',
  '#949fad',
  '#66717f',
  '#363f4a',
  '#2a323b',
  '#1e242b',
  '#15191e',
  '#101317',
  '#0a0c0f',
]

const mono =
  "ui-monospace, 'SF Mono', 'Cascadia Mono', 'JetBrains Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace"

const small = { defaultProps: { size: 'xs' } } as const

/** Mantine's theme: small controls by default, because analysts read tables for hours. */
export const theme = createTheme({
  primaryColor: 'cobalt',
  primaryShade: { light: 7, dark: 6 },
  colors: { cobalt, dark },
  fontFamily: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
  fontFamilyMonospace: mono,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.5' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '20px', xl: '28px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '18px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } },
  },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  defaultRadius: 'sm',
  focusRing: 'auto',
  cursorType: 'pointer',
  components: {
    Button: small,
    TextInput: small,
    PasswordInput: small,
    NumberInput: small,
    Textarea: small,
    Select: small,
    MultiSelect: small,
    SegmentedControl: { defaultProps: { size: 'xs' }, styles: { label: { paddingInline: 10 } } },
    Switch: small,
    InputWrapper: {
      styles: { error: { fontSize: 12 }, description: { fontSize: 12, color: 'var(--q-dimmed)' } },
    },
    Checkbox: small,
    Badge: { defaultProps: { size: 'sm', radius: 'sm', variant: 'light', tt: 'none', fw: 500 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, multiline: true, maw: 420 } },
    Modal: { defaultProps: { centered: true } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
})
