import type { WorkflowId } from '@recomamp/contracts'
import { useState } from 'react'
import { z } from 'zod'
import { readStored, writeStored } from '#platform/stored.ts'

const Widths = z.record(z.string(), z.number().positive())
export type ColumnWidths = Readonly<z.infer<typeof Widths>>

/** The widths that a person gave to the columns of a query's results, remembered in this browser; null gives a column its usual one. */
export function useColumnWidths(
  workflowId: WorkflowId,
): [ColumnWidths, (column: string, width: number | null) => void] {
  const key = `recomamp.columns.${workflowId}`
  const [widths, setWidths] = useState(() => read(key))
  return [
    widths,
    (column, width) => {
      const { [column]: _, ...others } = widths
      const next = width === null ? others : { ...others, [column]: width }
      setWidths(next)
      writeStored('local', key, Object.keys(next).length === 0 ? null : JSON.stringify(next))
    },
  ]
}

function read(key: string): ColumnWidths {
  try {
    return Widths.parse(JSON.parse(readStored('local', key) ?? '{}'))
  } catch {
    return {}
  }
}
