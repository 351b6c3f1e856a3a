import type { RelatedSource } from '@recomamp/contracts'
import { dataSource } from '#messages/data-source.ts'

const t = dataSource.relationships

const width = 820
const step = 26
const box = { width: 232, height: 28 }
const label = { width: 250, gap: 66 }

/** A table in the middle and what joins it on both sides, each line with how many rows meet how many. */
export function RelationshipPicture({ name, related }: { name: string; related: readonly RelatedSource[] }) {
  const left = related.filter((_, at) => at % 2 === 1)
  const right = related.filter((_, at) => at % 2 === 0)
  const height = Math.max(left.length, right.length, 1) * step + 12
  const middle = height / 2
  const centre = left.length === 0 ? box.width / 2 : width / 2
  const names = [...new Set(related.map((one) => one.name))].join(', ')
  return (
    <div className="mb-3 overflow-x-auto">
      <svg role="img" aria-label={t.picture(name, names)} width={width} height={height} className="relations block">
        {[...right.map((one, at) => ({ one, at, side: 1 })), ...left.map((one, at) => ({ one, at, side: -1 }))].map(
          ({ one, at, side }) => {
            const rows = side === 1 ? right.length : left.length
            const y = middle + (at - (rows - 1) / 2) * step
            const from = centre + (side * box.width) / 2
            const to = from + side * label.gap
            const [here, there] = t.ends[one.cardinality]
            const on = one.on.map((pair) => pair.here).join(', ')
            return (
              <g key={`${one.name} ${on}`}>
                <path
                  d={`M${from},${middle} C${from + side * 30},${middle} ${to - side * 40},${y} ${to},${y}`}
                  fill="none"
                />
                <text x={to - side * 12} y={y - 3} textAnchor="middle" className="end">
                  {here}:{there}
                </text>
                <text x={to + side * 5} y={y + 4} textAnchor={side === 1 ? 'start' : 'end'}>
                  <title>{`${one.name} ${t.on} ${on}`}</title>
                  {shortened(one.name)}
                </text>
              </g>
            )
          },
        )}
        <rect x={centre - box.width / 2} y={middle - box.height / 2} width={box.width} height={box.height} rx={5} />
        <text x={centre} y={middle + 4} textAnchor="middle" className="own">
          {shortened(name)}
        </text>
      </svg>
    </div>
  )
}

/** The tail tells long names apart. */
function shortened(name: string): string {
  const most = Math.floor(label.width / 8)
  return name.length <= most ? name : `${name.slice(0, most - 14)}…${name.slice(-13)}`
}
