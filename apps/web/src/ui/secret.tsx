import { Copy } from 'lucide-react'
import { access } from '#messages/access.ts'
import { CopyWordButton } from './copy-word-button.tsx'

/** A secret that is shown this once, selected when it has the focus, with its copy button. */
export function Secret({ label, text, help }: { label: string; text: string; help: string }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="field-label" aria-hidden>
        {label}
      </span>
      <div className="flex items-center gap-2">
        <div className="input min-w-0 flex-1">
          <input
            className="mono"
            aria-label={label}
            readOnly
            value={text}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
        <CopyWordButton
          text={text}
          label={`${access.copy}: ${label}`}
          icon={<Copy size={14} strokeWidth={1.7} aria-hidden />}
        >
          {access.copy}
        </CopyWordButton>
      </div>
      <p className="text-12 text-warn">{help}</p>
    </div>
  )
}
