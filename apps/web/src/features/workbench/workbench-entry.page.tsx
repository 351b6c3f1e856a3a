export function WorkbenchEntryPage() {
  return null
}
export function NewQueryPage() {
  return null
}
