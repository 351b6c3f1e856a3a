import type { ReactNode } from 'react'

/** Something that is on or off, at once. */
export function Switch(props: {
  label: string
  value: boolean
  onChange: (value: boolean) => void
  children: ReactNode
}) {
  return (
    <button
      type="button"
      role="switch"
      aria-label={props.label}
      aria-checked={props.value}
      onClick={() => props.onChange(!props.value)}
      className="switch"
    >
      <span className="track" />
      <span aria-hidden>{props.children}</span>
    </button>
  )
}
