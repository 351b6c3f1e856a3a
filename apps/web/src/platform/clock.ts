import { useEffect, useState } from 'react'

/** The time now, renewed at the interval while `running`; it stands still otherwise. */
export function useNow(everyMs: number, running = true): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => setNow(new Date()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, running])
  return now
}
