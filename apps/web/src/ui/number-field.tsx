import type { KeyboardEvent } from 'react'
import { Field } from './field.tsx'

interface NumberFieldProps {
  label: string
  value: string
  onChange: (value: string) => void
  help?: string | null
  error?: string | null
}

/**
 * A number as its exact text, so that long ids and decimals keep every digit; the up and down keys step whole numbers. What is
 * no number stays as typed and is the caller's to refuse.
 */
export function NumberField({ label, value, onChange, help, error }: NumberFieldProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: 1n, ArrowDown: -1n }[event.key]
    if (step === undefined || !/^-?\d+$/.test(value.trim())) return
    event.preventDefault()
    onChange(String(BigInt(value.trim()) + step))
  }
  return (
    <Field
      label={label}
      labelAt="hidden"
      mono
      inputMode="decimal"
      value={value}
      onChange={onChange}
      onKeyDown={onKeyDown}
      help={help ?? null}
      error={error ?? null}
    />
  )
}
