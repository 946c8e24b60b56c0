import { useEffect, useState } from 'react'

/** The present, moving on every `interval` milliseconds while the page is visible. */
export function useNow(interval = 20_000): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(new Date())
    }, interval)
    return () => clearInterval(timer)
  }, [interval])
  return now
}
