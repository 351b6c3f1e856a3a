import type { ReactNode } from 'react'
import { Switch as AriaSwitch } from 'react-aria-components'

/** Something that is on or off, at once. */
export function Switch(props: {
  label: string
  value: boolean
  onChange: (value: boolean) => void
  children: ReactNode
}) {
  return (
    <AriaSwitch aria-label={props.label} isSelected={props.value} onChange={props.onChange} className="switch">
      <span className="track" />
      {props.children}
    </AriaSwitch>
  )
}
