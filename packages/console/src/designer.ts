import { useNavigate, useSearch } from '@tanstack/react-router'

/** Whether designer mode is on. Off: no SQL is shown anywhere. Only inside the app shell. */
export function useDesigner(): boolean {
  return useSearch({ from: '/app' }).designer === true
}

/** Returns how to switch designer mode; it stands in the address. */
export function useSetDesigner(): (on: boolean) => void {
  const navigate = useNavigate()
  return (on) =>
    void navigate({
      to: '.',
      replace: true,
      search: (before) => ({ ...before, designer: on ? true : undefined }),
    })
}
