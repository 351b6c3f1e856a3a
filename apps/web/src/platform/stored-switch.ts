import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from './stored.ts'

/** A choice between two that this browser keeps: the usual one is not stored, the other one by its word. All who show it follow. */
export function storedSwitch(key: string, other: string, onChange?: (isOther: boolean) => void) {
  const listeners = new Set<() => void>()
  const subscribe = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const isOther = () => readStored('local', key) === other
  const choose = (next: boolean) => {
    writeStored('local', key, next ? other : null)
    onChange?.(next)
    for (const listener of listeners) listener()
  }
  return function useStoredSwitch(): [boolean, (isOther: boolean) => void] {
    return [useSyncExternalStore(subscribe, isOther), choose]
  }
}
