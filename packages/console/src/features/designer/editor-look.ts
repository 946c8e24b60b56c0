import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { Decoration, EditorView, MatchDecorator, ViewPlugin } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const theme = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--q-text)', backgroundColor: 'var(--q-surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--q-mono)', lineHeight: '20px' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--q-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--q-text)' },
  '.cm-gutters': { backgroundColor: 'var(--q-surface)', color: 'var(--q-dimmed)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'var(--q-hover)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--q-selected) !important',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--q-selected)', outline: '1px solid var(--q-line-strong)' },
  '.cm-variable': {
    borderRadius: '3px',
    backgroundColor: 'var(--q-selected)',
    color: 'var(--q-accent)',
  },
  '.cm-tooltip': {
    border: '1px solid var(--q-line-strong)',
    borderRadius: '4px',
    backgroundColor: 'var(--q-surface)',
    color: 'var(--q-text)',
    boxShadow: '0 4px 16px rgb(0 0 0 / 18%)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--q-mono)',
    fontSize: '12px',
    maxHeight: '16em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '18px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--q-selected)',
    color: 'var(--q-text)',
  },
  '.cm-completionDetail': {
    marginLeft: '10px',
    color: 'var(--q-dimmed)',
    fontStyle: 'normal',
    fontSize: '11px',
  },
  '.cm-completionMatchedText': { color: 'var(--q-accent)', textDecoration: 'none', fontWeight: '600' },
  '.cm-tooltip.cm-completionInfo': { maxWidth: '320px', padding: '6px 10px', fontSize: '12px' },
  '.cm-diagnostic': { padding: '4px 10px', fontSize: '12px' },
  '.cm-panels': { backgroundColor: 'var(--q-surface-2)', color: 'var(--q-text)' },
})

const highlight = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--q-accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--q-code-string)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--q-code-number)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--q-dimmed)', fontStyle: 'italic' },
  { tag: [tags.typeName, tags.standard(tags.name)], color: 'var(--q-accent)' },
])

const matcher = new MatchDecorator({
  regexp: /\$\$[^$\n]{1,128}\$\$/g,
  decoration: Decoration.mark({ class: 'cm-variable' }),
})

/** Marks `$$name$$`, wherever it stands. */
const variableMarks = ViewPlugin.define(
  (view) => ({
    marks: matcher.createDeco(view),
    update(update) {
      this.marks = matcher.updateDeco(update, this.marks)
    },
  }),
  { decorations: ({ marks }) => marks },
)

/** How the editor looks, in the console's own colours, light and dark. */
export const editorLook = [theme, syntaxHighlighting(highlight), variableMarks]
