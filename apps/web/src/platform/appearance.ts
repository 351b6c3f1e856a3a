import { storedSwitch } from './stored-switch.ts'

export type Density = 'compact' | 'roomy'
export type Motion = 'system' | 'reduced'

/** Kept in this browser; public/theme.js sets the attribute before the first paint. */
function attributeSwitch(part: 'density' | 'motion', other: string) {
  return storedSwitch(`recomamp.${part}`, other, (isOther) => {
    if (isOther) document.documentElement.dataset[part] = other
    else delete document.documentElement.dataset[part]
  })
}

const useRoomy = attributeSwitch('density', 'roomy')
const useReducedMotion = attributeSwitch('motion', 'reduced')

/** How tall rows are. */
export function useDensity(): [Density, (next: Density) => void] {
  const [isRoomy, setRoomy] = useRoomy()
  return [isRoomy ? 'roomy' : 'compact', (next) => setRoomy(next === 'roomy')]
}

/** Whether things move. */
export function useMotion(): [Motion, (next: Motion) => void] {
  const [isReduced, setReduced] = useReducedMotion()
  return [isReduced ? 'reduced' : 'system', (next) => setReduced(next === 'reduced')]
}
