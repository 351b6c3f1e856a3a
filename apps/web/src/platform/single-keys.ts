import { storedSwitch } from './stored-switch.ts'

const useSingleKeysOff = storedSwitch('recomamp.single-keys', 'off')

/** Whether single letters act outside text fields; a person can switch that off (WCAG 2.1.4). */
export function useSingleKeysOn(): [boolean, (on: boolean) => void] {
  const [isOff, setOff] = useSingleKeysOff()
  return [!isOff, (on) => setOff(!on)]
}
