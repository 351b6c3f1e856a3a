import type { ReactNode } from 'react'
import type { ButtonProps as AriaButtonProps } from 'react-aria-components'
import { Button as AriaButton, Tooltip, TooltipTrigger } from 'react-aria-components'

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'children' | 'isDisabled'> {
  look?: 'default' | 'primary' | 'ink' | 'quiet'
  size?: 'small' | 'normal' | 'large'
  /** An icon alone; the button then needs an `aria-label`, which is shown as its tooltip too. */
  square?: boolean
  /** Why it cannot be used now. It stays focusable and readable, does nothing, and gives this reason. */
  blocked?: string | null
  busy?: boolean
  children: ReactNode
}

/** A button; blocked and busy ones keep the focus and their width. */
export function Button({ look = 'default', size = 'normal', square, blocked, busy, children, ...rest }: ButtonProps) {
  const inert = busy === true || (blocked ?? null) !== null
  const { onPress, ...others } = rest
  const button = (
    <AriaButton
      {...others}
      {...(inert || onPress === undefined ? {} : { onPress })}
      className={`btn ${look} ${size} ${square ? 'square' : ''}`}
      {...(inert ? { 'aria-disabled': 'true' as const } : {})}
    >
      {children}
    </AriaButton>
  )
  const tip = blocked ?? (square ? rest['aria-label'] : undefined)
  if (tip === undefined || tip === null) return button
  return (
    <TooltipTrigger delay={400}>
      {button}
      <Tooltip className="tooltip" offset={6}>
        {tip}
      </Tooltip>
    </TooltipTrigger>
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
