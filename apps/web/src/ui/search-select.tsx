import { Check, ChevronsUpDown, Search } from 'lucide-react'
import type { ReactNode } from 'react'
import {
  Autocomplete,
  Button,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  Select,
  SelectValue,
} from 'react-aria-components'

export interface FoundChoice {
  value: string
  label: string
  /** What tells it from its like. */
  note?: string
}

interface SearchSelectProps {
  label: string
  /** Shown inside the control, or to assistive technology only. */
  labelAt?: 'inside' | 'hidden'
  /** What is chosen, in words; it need not be among the choices. */
  shown: ReactNode
  value: string
  choices: readonly FoundChoice[]
  onChange: (value: string) => void
  /** What is typed to find one; the caller finds. */
  text: string
  onText: (text: string) => void
  find: string
  nothing: string
  /** Says how many there are where not all are among the choices. */
  foot?: string | null
  takesFocus?: boolean
  onOpenChange?: (isOpen: boolean) => void
  /** The look of the button, where it is not a field. */
  button?: { className: string; icon: ReactNode }
}

/** A choice of one among many: what is typed finds it. */
export function SearchSelect(props: SearchSelectProps) {
  const {
    label,
    labelAt = 'inside',
    shown,
    value,
    choices,
    onChange,
    text,
    onText,
    find,
    nothing,
    foot,
    button,
  } = props
  return (
    <Select
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      onOpenChange={(isOpen) => {
        if (!isOpen) onText('')
        props.onOpenChange?.(isOpen)
      }}
      allowsEmptyCollection
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- only where a page begins with this choice
      autoFocus={props.takesFocus === true}
      className={button === undefined ? 'field' : 'flex min-w-0'}
    >
      <Label className="sr-only">{label}</Label>
      <Button className={button?.className ?? 'input select-button'}>
        {labelAt === 'inside' && <span className="in-label" aria-hidden data-label={label} />}
        <SelectValue className={button === undefined ? 'cut flex-1' : 'flex min-w-0 items-center gap-2'}>
          {() => shown}
        </SelectValue>
        {button?.icon ?? <ChevronsUpDown size={12} strokeWidth={2} aria-hidden className="text-text-3 flex-none" />}
      </Button>
      <Popover className="popover flex max-h-[60vh]! max-w-[min(440px,calc(100vw-16px))] flex-col" offset={4}>
        <Autocomplete inputValue={text} onInputChange={onText}>
          <SearchField
            aria-label={find}
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is opened to type into it
            autoFocus
            className="border-line-subtle flex flex-none items-center gap-2 border-b px-2 pt-1 pb-2"
          >
            <Search size={14} strokeWidth={1.7} aria-hidden className="text-text-3 flex-none" />
            <Input placeholder={find} className="text-13 min-w-0 flex-1 bg-transparent outline-none" />
          </SearchField>
          {/* The focus stays in the field while the arrows move in the list. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a long list scrolls, and keys must reach it */}
          <div tabIndex={0} role="group" aria-label={find} className="min-h-0 flex-1 overflow-auto pt-1">
            <ListBox
              items={choices}
              className="outline-none"
              renderEmptyState={() => <p className="text-12 text-text-2 p-2">{nothing}</p>}
            >
              {(choice) => (
                <ListBoxItem
                  id={choice.value}
                  textValue={`${choice.label} ${choice.note ?? ''}`.trim()}
                  className="menu-item"
                >
                  {({ isSelected }) => (
                    <>
                      <span className="min-w-0 flex-1 break-words">{choice.label}</span>
                      {choice.note !== undefined && <span className="mono text-text-3 flex-none">{choice.note}</span>}
                      {isSelected && <Check size={14} strokeWidth={1.7} aria-hidden className="flex-none" />}
                    </>
                  )}
                </ListBoxItem>
              )}
            </ListBox>
          </div>
        </Autocomplete>
        {foot && (
          <p role="status" className="border-line-subtle text-11 text-text-3 flex-none border-t px-2 pt-1.5 pb-0.5">
            {foot}
          </p>
        )}
      </Popover>
    </Select>
  )
}
