import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { marks } from '#messages/marks.ts'

/** Copies a text and says so; `label` names what is copied. A plain button, since it stands in what is loaded first. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <button
        type="button"
        className="btn quiet small square"
        aria-label={label}
        title={label}
        onClick={() => void copyText(text).then(setCopied)}
      >
        {copied ? <Check size={12} strokeWidth={2} aria-hidden /> : <Copy size={12} strokeWidth={2} aria-hidden />}
      </button>
      <span role="status" className="sr-only">
        {copied ? marks.copied : ''}
      </span>
    </>
  )
}

/** Puts a text into the clipboard, also where the browser does not give a page the permission; answers false where no way is left. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

/** The old way, which needs no permission: what is selected is copied, as by the keys. */
function copySelected(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.className = 'sr-only'
  // Beside the button: a window over the page takes the focus back from everything outside of it.
  const beside = before?.parentElement ?? document.body
  beside.append(field)
  field.select()
  // oxlint-disable-next-line typescript/no-deprecated -- the one way without a permission
  const copied = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return copied
}
