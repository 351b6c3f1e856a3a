import type { Snippet } from '@recomamp/amc-sql/editing'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useMemo, useState } from 'react'
import { workbench } from '#messages/workbench.ts'
import { SqlText } from '#ui/sql-text.tsx'
import { askLanguage } from './editor/language/ask-language.ts'

const t = workbench.snippets

/** Finds an idiom by its words and shows what it puts into the query. Typing searches, arrows choose, Enter takes. */
export function SnippetsPanel({ onChoose }: { onChoose: (template: string) => void }) {
  const id = useId()
  const [all, setAll] = useState<readonly Snippet[] | null>(null)
  const [text, setText] = useState('')
  const [current, setCurrent] = useState(0)
  useEffect(() => {
    let closed = false
    askLanguage('snippets').then(
      (found) => closed || setAll(found),
      () => closed || setAll([]),
    )
    return () => void (closed = true)
  }, [])
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    return (all ?? []).filter((each) => words.every((word) => wordsOf(each).includes(word)))
  }, [all, text])
  const at = Math.min(current, found.length - 1)
  const chosen = found[at]
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setCurrent(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setCurrent(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && chosen !== undefined) onChoose(chosen.text)
    else return
    event.preventDefault()
  }
  return (
    <>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <label className="border-line-subtle flex flex-none items-center gap-2 border-b px-3 py-2">
          <Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
          <input
            role="combobox"
            aria-label={t.find}
            aria-expanded="true"
            aria-autocomplete="list"
            aria-controls={`${id}-list`}
            aria-activedescendant={chosen === undefined ? undefined : `${id}-${at}`}
            className="min-w-0 flex-1 bg-transparent outline-none"
            placeholder={t.find}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to type into it
            autoFocus
            autoComplete="off"
            spellCheck={false}
            value={text}
            onChange={({ target }) => {
              setText(target.value)
              setCurrent(0)
            }}
            onKeyDown={onKeyDown}
          />
        </label>
        <div id={`${id}-list`} role="listbox" aria-label={t.title} className="min-h-0 flex-1 overflow-auto p-1">
          {found.map((each, place) => (
            <div
              key={each.label}
              id={`${id}-${place}`}
              role="option"
              tabIndex={-1}
              aria-selected={place === at}
              ref={(row) => void (place === at && row?.scrollIntoView({ block: 'nearest' }))}
              className={`flex min-h-[36px] cursor-default flex-col justify-center rounded-4 px-2 py-1 ${place === at ? 'bg-accent-tint' : ''}`}
              onPointerMove={() => setCurrent(place)}
              onClick={() => onChoose(each.text)}
              onKeyDown={onKeyDown}
            >
              <span className="text-12 font-medium">{each.label}</span>
              <span className="text-11 text-text-2">{each.whole ? t.whole(each.detail) : each.detail}</span>
            </div>
          ))}
          {all !== null && found.length === 0 && <p className="text-12 text-text-2 p-2">{t.none(text.trim())}</p>}
        </div>
      </div>
      <div className="border-line-subtle bg-sunken hidden w-[340px] flex-none overflow-auto border-l tablet:block">
        {chosen !== undefined && <SqlText text={filledIn(chosen.text)} label={t.puts(chosen.label)} />}
      </div>
    </>
  )
}

function wordsOf({ label, detail, text }: Snippet): string {
  return `${label} ${detail} ${text}`.toLowerCase()
}

/** The text as it stands before anything is filled in. */
function filledIn(template: string): string {
  return template.replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
}
