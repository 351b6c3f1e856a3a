/** The place of the files does not answer, which says nothing about what lies there. */
export class FilesAway extends Error {
  override readonly name = 'FilesAway'
}

/** The disk of this process has no room for a file; what lies there already can be read. */
export class DiskFull extends Error {
  override readonly name = 'DiskFull'
}

/** What the system says where nothing more can be written: the disk, what a user may have of it, or what a process may. */
const fullCodes: readonly unknown[] = ['ENOSPC', 'EDQUOT', 'EFBIG']

/** An error of writing as the users of a store get it: DiskFull where that is what it tells. */
export function typedWriteError(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && fullCodes.includes(error.code)
  return isFull ? new DiskFull(error.message, { cause: error }) : error
}

/**
 * Files that are whole and never change, such as results: a folder of this machine, or a bucket that all processes share with a folder in
 * front of it. What is opened lies in the folder; other files are fetched first.
 */
export interface FileStore {
  readonly folder: string
  /** Where a file lies, or would lie, in the folder. */
  pathOf(name: string): string
  /** Sees to it that a file can be opened at its path; false where there is none, FilesAway where that cannot be told, DiskFull
   *  where it cannot be brought here. */
  fetch(name: string): Promise<boolean>
  /** Tells that a file is in use, so that room is made with others. */
  used(name: string): void
  /** Gives a complete file of the same disk its name, all of it or nothing: afterwards it is there for every process, whatever happens. */
  keep(name: string, unfinished: string): Promise<void>
  /** Nothing happens where there is no such file. */
  remove(name: string): Promise<void>
  /** The names that begin so. */
  list(prefix: string): Promise<string[]>
  /** All names, some hundreds at a time. */
  pages(): AsyncIterable<readonly string[]>
  /** The names of what this machine alone holds of them, in front of a bucket; nothing where there is only the folder. */
  copies(): AsyncIterable<readonly string[]>
  /** Drops what this machine alone holds of a file. */
  dropCopy(name: string): Promise<void>
}
