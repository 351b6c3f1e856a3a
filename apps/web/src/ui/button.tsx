import type { Endpoint } from '@recomamp/contracts'
import type { ReactNode } from 'react'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components'
import { useId } from 'react'
import { Button as AriaButton } from 'react-aria-components'
import { useBlocked } from '#platform/may.ts'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled'> {
  look?: 'default' | 'primary' | 'ink' | 'quiet' | 'danger'
  size?: 'small' | 'normal' | 'large'
  /** An icon alone; the button then needs an `aria-label`. */
  square?: boolean
  /** At work on what was asked: it keeps the focus and does nothing more. */
  busy?: boolean
  /** The call that it leads to: where the person's role does not reach for it, the button says so and does nothing. */
  needs?: Endpoint
  children: ReactNode
}

/** A button; a busy one keeps the focus and its place, and so does one that the person's role does not reach for. */
export function Button({
  look = 'default',
  size = 'normal',
  square,
  busy,
  needs,
  children,
  onPress,
  ...rest
}: ButtonProps) {
  const blocked = useBlocked(needs)
  const reasonId = useId()
  const isOff = busy || blocked !== null
  const button = (
    <AriaButton
      {...rest}
      {...(isOff || onPress === undefined ? {} : { onPress })}
      {...(isOff ? { 'aria-disabled': 'true' as const } : {})}
      {...(blocked === null ? {} : { 'aria-describedby': reasonId })}
      className={`btn ${look} ${size} ${square ? 'square' : ''}`}
    >
      {children}
    </AriaButton>
  )
  if (blocked === null) return button
  return (
    <span className="contents" title={blocked}>
      {button}
      <span id={reasonId} className="sr-only">
        {blocked}
      </span>
    </span>
  )
}

/** A quiet action inside a line of text or a list. */
export function LinkButton({
  children,
  ...rest
}: Omit<AriaButtonProps, 'className' | 'children'> & { children: ReactNode }) {
  return (
    <AriaButton {...rest} className="link-button">
      {children}
    </AriaButton>
  )
}
