import {
  acceptCompletion,
  autocompletion,
  type CompletionContext,
  closeBrackets,
  completionKeymap,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { SQLite, sql } from '@codemirror/lang-sql'
import { bracketMatching } from '@codemirror/language'
import { linter, lintKeymap } from '@codemirror/lint'
import { Annotation, Compartment, EditorState, StateEffect } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
  placeholder,
  tooltips,
} from '@codemirror/view'
import type { QueryVariable } from '@quarry/schema/endpoints/queries'
import { lint } from '@quarry/sql'
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react'
import { styleNonce } from '../../style-nonce.ts'
import { namespaceOf, openVariable, variableCompletions, wordCompletions } from './completions.ts'
import { editorLook } from './editor-look.ts'
import { hoverDocs } from './hover-docs.ts'
import { chosenTables, type KnownSchema, type TableCounts } from './known-schema.ts'

export interface EditorHandle {
  /** Puts text where the cursor is, or over the selection, and goes there. */
  insert: (text: string) => void
}

interface Props {
  ref?: Ref<EditorHandle>
  value: string
  schema: KnownSchema
  /** Which tables the chosen devices have; undefined while that is not known. */
  counts: TableCounts | undefined
  variables: QueryVariable[]
  onChange: (value: string) => void
  onRun: () => void
  onSave: () => void
  onFormat: () => void
}

/** The SQL editor: completion, documentation on hover, warnings in place. */
export function SqlEditor({ ref, ...props }: Props) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const latest = useRef(props)
  latest.current = props
  const { value, schema, counts } = props
  // Made once; what changes is read through `latest`.
  useEffect(() => {
    if (!host.current) return
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: value, extensions: extensions(latest) }),
    })
    view.current = editor
    return () => {
      view.current = null
      editor.destroy()
    }
  }, [])

  useEffect(() => {
    view.current?.dispatch({ effects: language.reconfigure(languageOf(schema)) })
  }, [schema])

  useEffect(() => {
    view.current?.dispatch({ effects: lookAgain.of(null) })
  }, [schema, counts])

  useEffect(() => {
    const editor = view.current
    if (editor && editor.state.doc.toString() !== value)
      editor.dispatch({
        changes: { from: 0, to: editor.state.doc.length, insert: value },
        annotations: fromOutside.of(true),
      })
  }, [value])

  useImperativeHandle(ref, () => ({
    insert: (text) => {
      const editor = view.current
      if (!editor) return
      editor.dispatch(editor.state.replaceSelection(text))
      editor.focus()
    },
  }))

  return <div ref={host} style={{ height: '100%' }} />
}

const language = new Compartment()
/** Marks what the page put in, so that it is not told back as typed. */
const fromOutside = Annotation.define<boolean>()

/** Says that what the SQL is looked over by has changed. */
const lookAgain = StateEffect.define<null>()

function languageOf(schema: KnownSchema) {
  return sql({ dialect: SQLite, schema: namespaceOf(schema), upperCaseKeywords: true })
}

function extensions(latest: { current: Omit<Props, 'ref'> }) {
  const command = (name: 'onRun' | 'onSave' | 'onFormat') => () => {
    latest.current[name]()
    return true
  }
  const complete = (context: CompletionContext) => {
    const { schema, variables } = latest.current
    const line = context.state.doc.lineAt(context.pos)
    const open = openVariable(line.text.slice(0, context.pos - line.from))
    if (open !== undefined)
      return { from: line.from + open, options: variableCompletions(variables), filter: true }
    const word = context.matchBefore(/\w+/)
    if ((!word && !context.explicit) || context.matchBefore(/\.\w*/)) return null
    return {
      from: word?.from ?? context.pos,
      options: wordCompletions(context.state.doc.toString(), schema),
      validFor: /^\w*$/,
    }
  }
  return [
    lineNumbers(),
    history(),
    drawSelection(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    closeBrackets(),
    EditorView.cspNonce.of(styleNonce()),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'SQL', spellcheck: 'false' }),
    placeholder('SELECT … FROM … ; start typing, or click a table at the right'),
    tooltips({ position: 'fixed', parent: document.body }),
    language.of(languageOf(latest.current.schema)),
    autocompletion({ icons: false }),
    SQLite.language.data.of({ autocomplete: complete }),
    hoverDocs(() => latest.current),
    linter(
      (editor) => {
        const { schema, counts } = latest.current
        return lint(editor.state.doc.toString(), chosenTables(schema, counts), counts?.devices)
      },
      {
        delay: 400,
        needsRefresh: ({ transactions }) =>
          transactions.some(({ effects }) => effects.some((effect) => effect.is(lookAgain))),
      },
    ),
    editorLook,
    keymap.of([
      { key: 'Mod-Enter', run: command('onRun'), preventDefault: true },
      { key: 'Mod-s', run: command('onSave'), preventDefault: true },
      { key: 'Shift-Alt-f', run: command('onFormat'), preventDefault: true },
      // Tab leaves the editor, as it leaves any field, unless it accepts a completion.
      { key: 'Tab', run: acceptCompletion },
      ...completionKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
    ]),
    EditorView.updateListener.of((update) => {
      const typed = !update.transactions.some((transaction) => transaction.annotation(fromOutside))
      if (update.docChanged && typed) latest.current.onChange(update.state.doc.toString())
    }),
  ]
}
