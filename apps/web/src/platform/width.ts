import { useSyncExternalStore } from 'react'

export type Width = 'phone' | 'tablet' | 'desk'

const tablet = matchMedia('(min-width: 640px)')
const desk = matchMedia('(min-width: 1180px)')

/** Which of the three layouts fits: below 640 px, below 1180 px, or wider. */
export function useWidth(): Width {
  return useSyncExternalStore(subscribe, () => (desk.matches ? 'desk' : tablet.matches ? 'tablet' : 'phone'))
}

function subscribe(listener: () => void): () => void {
  tablet.addEventListener('change', listener)
  desk.addEventListener('change', listener)
  return () => {
    tablet.removeEventListener('change', listener)
    desk.removeEventListener('change', listener)
  }
}
