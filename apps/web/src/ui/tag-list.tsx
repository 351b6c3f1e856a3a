import { X } from 'lucide-react'
import { useState } from 'react'
import { Button, Label, Tag, TagGroup, TagList as AriaTagList } from 'react-aria-components'
import { workbench } from '#messages/workbench.ts'

interface TagListProps {
  label: string
  addLabel: string
  values: readonly string[]
  onChange: (values: string[]) => void
  invalid?: boolean
}

/** Values as removable chips. Typed text becomes one with Enter or a comma; a pasted column is split at commas, tabs and lines. */
export function TagList({ label, addLabel, values, onChange, invalid }: TagListProps) {
  const [text, setText] = useState('')
  const add = (typed: string) => {
    const next = [...new Set([...values, ...splitList(typed)])]
    if (next.length !== values.length) onChange(next)
    setText('')
  }
  return (
    <TagGroup
      onRemove={(keys) => onChange(values.filter((value) => !keys.has(value)))}
      selectionMode="none"
      className="field"
    >
      <Label className="sr-only">{label}</Label>
      <div className="input chips">
        <AriaTagList
          items={values.map((value) => ({ id: value }))}
          className={values.length === 0 ? 'hidden' : 'contents'}
        >
          {(item) => (
            <Tag id={item.id} textValue={item.id} className="chip">
              <span className="cut">{item.id}</span>
              <Button slot="remove" aria-label={workbench.parameters.remove(item.id)}>
                <X size={12} strokeWidth={2} aria-hidden />
              </Button>
            </Tag>
          )}
        </AriaTagList>
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
    </TagGroup>
  )
}

/** The values of a pasted or typed list, in order, each once: split at commas, tabs and lines, quotes around a value removed. */
export function splitList(text: string): string[] {
  const values = text
    .split(/[,\t\r\n]+/)
    .map((value) => value.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((value) => value !== '')
  return [...new Set(values)]
}
