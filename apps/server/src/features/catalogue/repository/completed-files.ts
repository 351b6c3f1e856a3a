import { bundledFiles } from '@recomamp/amc-catalogue'

/**
 * The files of a repository with what it says nothing about: one that has only analyses keeps the tables that ship, one that has tables
 * keeps the analyses that ship. Examples and relationships go with the tables, since they name their columns.
 */
export function completedFiles(files: ReadonlyMap<string, string>): Map<string, string> {
  const has = (part: string) => [...files.keys()].some((file) => file.startsWith(part))
  const isLeftToUs = (file: string): boolean => {
    if (file.startsWith('templates/')) return !has('templates/')
    if (has('data-sources/')) return false
    return file.startsWith('data-sources/') || !has(file.startsWith('examples/') ? 'examples/' : file)
  }
  return new Map([...[...bundledFiles()].filter(([file]) => isLeftToUs(file)), ...files])
}
