import { ChevronDown, ChevronUp } from 'lucide-react'
import { Button, Group, Input, Label, NumberField as AriaNumberField } from 'react-aria-components'
import { FieldNotes } from './field.tsx'

interface NumberFieldProps {
  label: string
  /** NaN is an empty field. */
  value: number
  onChange: (value: number) => void
  whole: boolean
  help?: string | null
  error?: string | null
}

/** A number with steps by the arrow keys; `whole` allows no fraction. */
export function NumberField({ label, value, onChange, whole, help, error }: NumberFieldProps) {
  return (
    <AriaNumberField
      value={value}
      onChange={onChange}
      isInvalid={(error ?? null) !== null}
      formatOptions={{ maximumFractionDigits: whole ? 0 : 12, useGrouping: false }}
      className="field"
    >
      <Label className="sr-only">{label}</Label>
      <Group className="input">
        <Input className="mono" />
        <Button slot="decrement" className="btn quiet small square">
          <ChevronDown size={12} strokeWidth={2} aria-hidden />
        </Button>
        <Button slot="increment" className="btn quiet small square">
          <ChevronUp size={12} strokeWidth={2} aria-hidden />
        </Button>
      </Group>
      <FieldNotes help={help ?? null} error={error ?? null} />
    </AriaNumberField>
  )
}
