import { CircleAlert, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import type { TextFieldProps } from 'react-aria-components'
import { FieldError, Input, Label, Text, TextArea, TextField } from 'react-aria-components'

/** For fields that search; one and the same, so that a key that is typed does not draw it anew. */
export const searchIcon = <Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />

interface FieldProps extends Omit<TextFieldProps, 'className' | 'children' | 'isInvalid'> {
  label: ReactNode
  /** `inside` puts the label into the control, before the value, as in toolbars. */
  labelAt?: 'above' | 'inside' | 'hidden'
  placeholder?: string
  help?: string | null
  error?: string | null
  icon?: ReactNode
  mono?: boolean
  /** Takes more than one line. */
  lines?: boolean
}

/** A text field with its label, help and error, which is announced with the field. */
export function Field({ label, labelAt = 'above', placeholder, help, error, icon, mono, lines, ...rest }: FieldProps) {
  const invalid = (error ?? null) !== null
  return (
    <TextField {...rest} isInvalid={invalid} className="field">
      {labelAt === 'above' && <Label className="field-label">{label}</Label>}
      {labelAt === 'hidden' && <Label className="sr-only">{label}</Label>}
      <div className={`input ${lines ? 'lines' : ''}`}>
        {icon}
        {labelAt === 'inside' && <Label className="in-label">{label}</Label>}
        {lines ? (
          <TextArea rows={4} placeholder={placeholder ?? ''} />
        ) : (
          <Input className={mono ? 'mono' : ''} placeholder={placeholder ?? ''} spellCheck={false} autoComplete="off" />
        )}
      </div>
      <FieldNotes help={help ?? null} error={error ?? null} />
    </TextField>
  )
}

export function FieldNotes({ help, error }: { help: string | null; error: string | null }) {
  return (
    <>
      {help !== null && error === null && (
        <Text slot="description" className="field-help">
          {help}
        </Text>
      )}
      {error !== null && (
        <FieldError className="field-error">
          <CircleAlert size={12} strokeWidth={2} aria-hidden className="mt-0.5 flex-none" />
          <span>{error}</span>
        </FieldError>
      )}
    </>
  )
}
