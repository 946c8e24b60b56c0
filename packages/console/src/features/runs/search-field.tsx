import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import classes from './results-tab.module.css'
import { useRunSearch } from './use-run-search.ts'

const REST_MS = 250

/** Text that some cell of a row contains. It takes effect when the typing rests; `/` leads here. */
export function SearchField() {
  const [{ q }, patch] = useRunSearch()
  const [text, setText] = useState(q ?? '')
  const field = useRef<HTMLInputElement>(null)
  // A step back, or a filter that is cleared elsewhere, changes the address under the field.
  useEffect(() => {
    if (document.activeElement !== field.current) setText(q ?? '')
  }, [q])
  useEffect(() => {
    if (text === (q ?? '')) return
    const timer = setTimeout(
      () => patch({ q: text === '' ? undefined : text, row: undefined }, { replace: true }),
      REST_MS,
    )
    return () => clearTimeout(timer)
  }, [text, q, patch])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (
        event.key !== '/' ||
        event.ctrlKey ||
        event.metaKey ||
        target.closest('input, textarea, select, [contenteditable]')
      )
        return
      event.preventDefault()
      field.current?.focus()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return (
    <TextInput
      ref={field}
      className={classes.search}
      aria-label="Search in all columns"
      placeholder="Search in all columns"
      leftSection={<IconSearch size={14} aria-hidden />}
      rightSection={
        text !== '' && <CloseButton size="xs" aria-label="Clear the search" onClick={() => setText('')} />
      }
      value={text}
      maxLength={200}
      onChange={({ currentTarget }) => setText(currentTarget.value)}
      onKeyDown={({ key }) => key === 'Escape' && setText('')}
    />
  )
}
