import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useMay } from '../session.ts'
import { openKeys } from './keys-dialog.tsx'

/** Marks the field that `/` goes to: `<input data-page-search>`. */
export const pageSearch = { 'data-page-search': true } as const

/** The keys that work on every page; none of them while somebody types in a field. */
export function useShellKeys(): void {
  const navigate = useNavigate()
  const mayWrite = useMay('queries:write')
  useHotkeys([
    ['/', () => document.querySelector<HTMLInputElement>('[data-page-search]')?.focus()],
    ['shift+?', openKeys],
    ['?', openKeys],
    ['n', () => mayWrite && void navigate({ to: '/live-discover/queries/new', search: { designer: true } })],
  ])
}
