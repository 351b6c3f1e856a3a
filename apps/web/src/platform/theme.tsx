import type { ReactNode } from 'react'
import { createContext, use, useMemo, useState } from 'react'
import { readStored, writeStored } from './stored.ts'

export type Theme = 'light' | 'dark' | 'system'

const ThemeContext = createContext<{ theme: Theme; setTheme: (theme: Theme) => void } | null>(null)

/** Provides the chosen theme and keeps it; public/theme.js sets the same attribute before the first paint. */
export function ThemeProvider({ children }: { children: ReactNode }) {
  const [theme, setTheme] = useState<Theme>(readTheme)
  const value = useMemo(
    () => ({
      theme,
      setTheme(next: Theme) {
        setTheme(next)
        writeStored('local', 'recomamp.theme', next === 'system' ? null : next)
        if (next === 'system') delete document.documentElement.dataset['theme']
        else document.documentElement.dataset['theme'] = next
      },
    }),
    [theme],
  )
  return <ThemeContext value={value}>{children}</ThemeContext>
}

export function useTheme(): { theme: Theme; setTheme: (theme: Theme) => void } {
  const value = use(ThemeContext)
  if (value === null) throw new Error('useTheme outside ThemeProvider')
  return value
}

function readTheme(): Theme {
  const stored = readStored('local', 'recomamp.theme')
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}
