import { useEffect, useState } from 'react'
import { problems } from '#messages/problems.ts'

/** The shape of rows that are on their way; shown after 150 ms, and after 5 s it says that it still loads. */
export function Skeleton({ rows = 6, label }: { rows?: number; label: string }) {
  const [age, setAge] = useState<'fresh' | 'shown' | 'late'>('fresh')
  useEffect(() => {
    const shown = setTimeout(() => setAge('shown'), 150)
    const late = setTimeout(() => setAge('late'), 5000)
    return () => {
      clearTimeout(shown)
      clearTimeout(late)
    }
  }, [])
  if (age === 'fresh') return null
  return (
    <div role="status" className="flex flex-col gap-4 px-6 py-4">
      <span className={age === 'late' ? 'text-12 text-text-2' : 'sr-only'}>
        {age === 'late' ? `${label}: ${problems.stillLoading}` : label}
      </span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="skeleton" style={{ width: `${[62, 48, 71, 55, 40, 66][row % 6]}%` }} />
      ))}
    </div>
  )
}
