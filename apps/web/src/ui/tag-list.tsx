import { X } from 'lucide-react'
import { useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { splitList } from './split-list.ts'

interface TagListProps {
  label: string
  addLabel: string
  values: readonly string[]
  /** What people call a value, where that is known. */
  nameOf?: (value: string) => string | undefined
  onChange: (values: string[]) => void
  invalid?: boolean
}

/** Values as removable chips. Typed text becomes one with Enter or a comma; a pasted column is split at commas, tabs and lines. */
export function TagList({ label, addLabel, values, nameOf, onChange, invalid }: TagListProps) {
  const [text, setText] = useState('')
  const add = (typed: string) => {
    const next = [...new Set([...values, ...splitList(typed)])]
    if (next.length !== values.length) onChange(next)
    setText('')
  }
  return (
    <div role="group" aria-label={label} className="input chips">
      {values.length > 0 && (
        <ul className="contents">
          {values.map((value) => (
            <li key={value} className="chip">
              <span className="cut" title={value}>
                {nameOf?.(value) ?? value}
              </span>
              <button
                type="button"
                aria-label={workbench.parameters.remove(value)}
                onClick={() => onChange(values.filter((each) => each !== value))}
              >
                <X size={12} strokeWidth={2} aria-hidden />
              </button>
            </li>
          ))}
        </ul>
      )}
      <input
        aria-label={addLabel}
        aria-invalid={invalid === true}
        placeholder={workbench.parameters.add}
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          const typed = event.target.value
          if (/[,\t\n]$/.test(typed)) add(typed)
          else setText(typed)
        }}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text')
          if (!/[,\t\n]/.test(pasted)) return
          event.preventDefault()
          add(`${text}${pasted}`)
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault()
            add(text)
          }
          if (event.key === 'Backspace' && text === '' && values.length > 0) onChange(values.slice(0, -1))
        }}
        onBlur={() => add(text)}
      />
    </div>
  )
}
