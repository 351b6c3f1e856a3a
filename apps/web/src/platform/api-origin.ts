/** Where a path of the API is: at the server that the page came from, or at the one that the page of a static build names. */
export function apiAddress(path: string): string {
  return `${document.querySelector<HTMLMetaElement>('meta[name="api-origin"]')?.content ?? ''}${path}`
}
