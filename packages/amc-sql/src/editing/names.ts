import { isReservedWord } from '../keywords.ts'

/** A name as it has to be written: in double quotes where it is reserved or holds more than letters, digits and underscores. */
export function spelled(name: string): string {
  return isPlainName(name) && !isReservedWord(name) ? name : `"${name.replaceAll('"', '""')}"`
}

/** Letters, digits and underscores: all that names in AMC were ever seen with. */
export function isPlainName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name)
}
