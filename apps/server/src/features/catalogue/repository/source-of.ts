import type { CatalogueRepository } from '#config.ts'

/** Another repository, ref or folder is asked for without the ETag of this one. */
export function sourceOf({ owner, name, ref, folder }: CatalogueRepository): string {
  return `${owner}/${name}@${ref}:${folder}`
}
