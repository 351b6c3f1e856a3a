/** The values of a pasted or typed list, in order, each once: split at commas, tabs and lines, quotes around a value removed. */
export function splitList(text: string): string[] {
  const values = text
    .split(/[,\t\r\n]+/)
    .map((value) => value.trim().replace(/^(['"])(.*)\1$/, '$2'))
    .filter((value) => value !== '')
  return [...new Set(values)]
}
