import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { marks } from '#messages/marks.ts'
import { Button } from './button.tsx'
import { copyText } from './copy-button.tsx'

interface CopyWordButtonProps {
  text: string
  /** Names what is copied. */
  label: string
  icon: ReactNode
  children: ReactNode
}

/** Copies a text and says so in its own place. */
export function CopyWordButton({ text, label, icon, children }: CopyWordButtonProps) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [copied])
  return (
    <>
      <Button aria-label={label} onPress={() => void copyText(text).then(setCopied)}>
        {copied ? <Check size={14} strokeWidth={1.7} aria-hidden /> : icon}
        {children}
      </Button>
      <span role="status" className="sr-only">
        {copied ? marks.copied : ''}
      </span>
    </>
  )
}
