import type { OverlapModel } from './chart-model.ts'

interface Place {
  x: number
  y: number
}

interface Circle extends Place {
  r: number
  /** Where the name of the set stands. */
  label: Place
}

/** Circles whose areas are the sizes of two or three sets and which overlap by what each two of them share, with a place for each part.
 *  What all three share follows from that and is only near its true size, which is why the values are written into the parts. */
export function vennCircles(
  { sets, parts }: OverlapModel,
  width: number,
  height: number,
): { circles: Circle[]; places: Map<string, Place> } {
  const shared = (a: number, b: number) =>
    parts.filter((part) => part.in.includes(a) && part.in.includes(b)).reduce((sum, { value }) => sum + value, 0)
  const radii = sets.map(({ total }) => Math.sqrt(Math.max(total, (sets[0]?.total ?? 1) / 400) / Math.PI))
  const apart = (a: number, b: number) => distanceFor(radii[a] ?? 0, radii[b] ?? 0, shared(a, b))
  const centers: Place[] = [
    { x: 0, y: 0 },
    { x: apart(0, 1), y: 0 },
  ]
  if (sets.length > 2) {
    const [ab, ac, bc] = [apart(0, 1), apart(0, 2), apart(1, 2)]
    const x = ab === 0 ? 0 : (ab ** 2 + ac ** 2 - bc ** 2) / (2 * ab)
    centers.push({ x: Math.min(Math.max(x, -ac), ac), y: Math.sqrt(Math.max(0, ac ** 2 - x ** 2)) })
  }
  const raw = centers.map((center, at) => ({ ...center, r: radii[at] ?? 0 }))
  const [minX, maxX] = [Math.min(...raw.map(({ x, r }) => x - r)), Math.max(...raw.map(({ x, r }) => x + r))]
  const [minY, maxY] = [Math.min(...raw.map(({ y, r }) => y - r)), Math.max(...raw.map(({ y, r }) => y + r))]
  const room = { x: width - 16, y: height - 84 }
  const scale = Math.max(0.0001, Math.min(room.x / (maxX - minX), room.y / (maxY - minY)))
  const left = (width - (maxX - minX) * scale) / 2
  const circles = raw.map(({ x, y, r }, at): Circle => {
    const center = { x: left + (x - minX) * scale, y: 42 + (y - minY) * scale }
    const radius = r * scale
    const below = at === 2
    // Names of two circles stand away from each other, since the circles may be near.
    const shift = sets.length > 1 && at < 2 ? (at === 0 ? -0.25 : 0.25) * radius : 0
    return {
      ...center,
      r: radius,
      label: { x: center.x + shift, y: below ? center.y + radius + 20 : Math.max(20, center.y - radius - 20) },
    }
  })
  return { circles, places: new Map(parts.map((part) => [part.in.join(), placeIn(circles, part.in)])) }
}

/** The middle of the area that is in exactly some of the circles, from a grid of samples; where there is none, between their centres. */
function placeIn(circles: readonly Circle[], inside: readonly number[]): Place {
  const reach = inside.flatMap((at) => circles[at] ?? [])
  const [minX, maxX] = [Math.max(...reach.map(({ x, r }) => x - r)), Math.min(...reach.map(({ x, r }) => x + r))]
  const [minY, maxY] = [Math.max(...reach.map(({ y, r }) => y - r)), Math.min(...reach.map(({ y, r }) => y + r))]
  let best: { place: Place; room: number } | null = null
  const samples = 40
  for (let column = 0; column <= samples; column += 1)
    for (let row = 0; row <= samples; row += 1) {
      const place = { x: minX + ((maxX - minX) * column) / samples, y: minY + ((maxY - minY) * row) / samples }
      const room = Math.min(
        ...circles.map(
          ({ x, y, r }, at) => (inside.includes(at) ? 1 : -1) * (r - Math.hypot(place.x - x, place.y - y)),
        ),
      )
      if (room > (best?.room ?? 0)) best = { place, room }
    }
  if (best !== null) return best.place
  return {
    x: reach.reduce((sum, { x }) => sum + x, 0) / reach.length,
    y: reach.reduce((sum, { y }) => sum + y, 0) / reach.length,
  }
}

/** How far apart two circles stand that share an area. */
export function distanceFor(a: number, b: number, area: number): number {
  let [near, far] = [Math.abs(a - b), a + b]
  if (area <= 0) return far * 1.04
  for (let step = 0; step < 60; step += 1) {
    const middle = (near + far) / 2
    if (lensArea(a, b, middle) > area) near = middle
    else far = middle
  }
  return (near + far) / 2
}

function lensArea(a: number, b: number, distance: number): number {
  if (distance >= a + b) return 0
  if (distance <= Math.abs(a - b)) return Math.PI * Math.min(a, b) ** 2
  const alpha = Math.acos((distance ** 2 + a ** 2 - b ** 2) / (2 * distance * a))
  const beta = Math.acos((distance ** 2 + b ** 2 - a ** 2) / (2 * distance * b))
  return a ** 2 * (alpha - Math.sin(2 * alpha) / 2) + b ** 2 * (beta - Math.sin(2 * beta) / 2)
}
