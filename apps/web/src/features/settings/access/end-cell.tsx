import { Button } from '#ui/button.tsx'

interface EndCellProps {
  /** What the button says, and what of. */
  word: string
  label: string
  busy?: boolean
  /** Null where this row cannot be ended. */
  onEnd: (() => void) | null
}

/** The last cell of a row that can be ended: a session or a token. */
export function EndCell({ word, label, busy = false, onEnd }: EndCellProps) {
  return (
    <td>
      <span className="flex justify-end">
        {onEnd !== null && (
          <Button size="small" look="danger" busy={busy} aria-label={label} onPress={onEnd}>
            {word}
          </Button>
        )}
      </span>
    </td>
  )
}
