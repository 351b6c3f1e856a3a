import { Link } from '@tanstack/react-router'
import { everything } from './field-search.ts'

/** Leads to a field of the same source and opens its row, whatever the filters show at the moment. */
export function FieldLink({ field }: { field: string }) {
  return (
    <Link
      from="/data-sources/$name"
      to="."
      search={(old) => ({ ...old, ...everything })}
      hash={`field-${field}`}
      hashScrollIntoView={false}
      resetScroll={false}
      activeOptions={{ includeHash: true }}
      className="mono"
    >
      {field}
    </Link>
  )
}
