import { Check, ChevronsUpDown } from 'lucide-react'
import type { Key } from 'react-aria-components'
import { Button, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components'

export interface Choice<T extends string> {
  value: T
  label: string
}

interface SelectProps<T extends string> {
  label: string
  /** Toolbars and the window block show the label inside the control; `hidden` leaves it to assistive technology. */
  labelAt?: 'above' | 'inside' | 'hidden'
  choices: readonly Choice<T>[]
  value: T
  onChange: (value: T) => void
  /** Reads as text until it is used. */
  plain?: boolean
  /** Takes the focus when it appears: for the one thing that a page begins with. */
  takesFocus?: boolean
}

/** A choice of one from a short list, with type-ahead. */
export function Select<T extends string>({
  label,
  labelAt = 'above',
  choices,
  value,
  onChange,
  plain,
  takesFocus,
}: SelectProps<T>) {
  const choose = (key: Key | null) => {
    const choice = choices.find((each) => each.value === key)
    if (choice !== undefined) onChange(choice.value)
  }
  return (
    <AriaSelect
      selectedKey={value}
      onSelectionChange={choose}
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where a page begins with this choice
      autoFocus={takesFocus === true}
      className="field"
    >
      <Label className={labelAt === 'above' ? 'field-label' : 'sr-only'}>{label}</Label>
      <Button className={`input select-button ${plain ? 'plain' : ''}`}>
        {labelAt === 'inside' && <span className="in-label" aria-hidden data-label={label} />}
        <SelectValue className="cut flex-1" />
        <ChevronsUpDown size={12} strokeWidth={2} aria-hidden className="text-text-3 flex-none" />
      </Button>
      <Popover className="popover" offset={4}>
        <ListBox items={choices} className="outline-none">
          {(choice) => (
            <ListBoxItem id={choice.value} textValue={choice.label} className="menu-item">
              {({ isSelected }) => (
                <>
                  <span className="flex-1">{choice.label}</span>
                  {isSelected && <Check size={14} strokeWidth={1.7} aria-hidden />}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}
