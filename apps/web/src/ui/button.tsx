import type { ReactNode } from 'react'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Button as AriaButton } from 'react-aria-components'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled'> {
  look?: 'default' | 'primary' | 'ink' | 'quiet'
  size?: 'small' | 'normal' | 'large'
  /** An icon alone; the button then needs an `aria-label`. */
  square?: boolean
  /** At work on what was asked: it keeps the focus and does nothing more. */
  busy?: boolean
  children: ReactNode
}

/** A button; a busy one keeps the focus and its place. */
export function Button({ look = 'default', size = 'normal', square, busy, children, onPress, ...rest }: ButtonProps) {
  return (
    <AriaButton
      {...rest}
      {...(busy || onPress === undefined ? {} : { onPress })}
      {...(busy ? { 'aria-disabled': 'true' as const } : {})}
      className={`btn ${look} ${size} ${square ? 'square' : ''}`}
    >
      {children}
    </AriaButton>
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
