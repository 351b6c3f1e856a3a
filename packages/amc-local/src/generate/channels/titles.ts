/** What plays on the Prime Video Channel and beside it. All names are invented. */
export interface Title {
  name: string
  series: string
  season: string | null
  episode: string | null
  kind: 'TV Episode' | 'Movie' | 'Promotion'
  material: 'full' | 'live' | 'promo' | 'trailer'
  stream: 'VOD' | 'live-event' | 'linear TV'
  genres: readonly string[]
  cast: readonly string[]
  directors: readonly string[]
  rating: string
  studio: string
  released: string
  /** How it can be watched. */
  access: 'Subscription' | 'Free' | 'Rental' | 'Purchase' | 'Prime'
  event: { name: string; league: string; sport: string } | null
  minutes: number
}

const drama = {
  season: null,
  episode: null,
  kind: 'Movie',
  material: 'full',
  stream: 'VOD',
  rating: 'PG-13',
  studio: 'Lumen Reel Originals',
  access: 'Subscription',
  event: null,
} as const

const lighthouse = {
  ...drama,
  series: 'The Lighthouse Keepers',
  season: '1',
  kind: 'TV Episode',
  genres: ['Drama', 'Mystery'],
  cast: ['Iris Vantongeren', 'Paul Okereke'],
  directors: ['Mara Lindqvist'],
  released: '2023-09-12',
  minutes: 46,
} as const

const puddle = {
  ...drama,
  series: 'Puddle and Pip',
  season: '2',
  kind: 'TV Episode',
  rating: 'TV-Y',
  studio: 'Lumen Reel Kids',
  genres: ['Kids', 'Animation'],
  cast: ['Dot Marlowe'],
  directors: ['Ned Farrow', 'Amy Castellan'],
  released: '2024-01-20',
  minutes: 11,
} as const

const live = {
  ...drama,
  kind: 'TV Episode',
  material: 'live',
  stream: 'live-event',
  rating: 'NR',
  studio: 'Lumen Reel Sports',
  genres: ['Sports'],
  cast: [],
  directors: [],
  minutes: 110,
} as const

export const titles: readonly Title[] = [
  { ...lighthouse, name: 'Arrival', episode: '1' },
  { ...lighthouse, name: 'The Log Book', episode: '2' },
  { ...lighthouse, name: 'High Water', episode: '3' },
  { ...lighthouse, name: 'Lamp Out', episode: '4' },
  { ...puddle, name: 'Pip Finds a Boot', episode: '1' },
  { ...puddle, name: 'The Big Rain', episode: '2' },
  { ...puddle, name: 'Puddle Says Sorry', episode: '3' },
  {
    ...drama,
    name: 'Salt Road',
    series: 'Salt Road',
    genres: ['Drama', 'Adventure'],
    cast: ['Teo Marchetti', 'Lena Brandt', 'Paul Okereke'],
    directors: ['Joao Sereno'],
    released: '2024-03-01',
    minutes: 118,
  },
  {
    ...drama,
    name: 'Two Kitchens',
    series: 'Two Kitchens',
    genres: ['Comedy'],
    cast: ['Lena Brandt', 'Sam Whitlock'],
    directors: ['Mara Lindqvist'],
    released: '2023-11-17',
    access: 'Rental',
    minutes: 96,
  },
  {
    ...drama,
    name: 'The Cartographer',
    series: 'The Cartographer',
    genres: ['Drama'],
    cast: ['Iris Vantongeren'],
    directors: ['Joao Sereno'],
    released: '2022-05-06',
    access: 'Purchase',
    minutes: 131,
  },
  {
    ...drama,
    name: 'Night Ferry',
    series: 'Night Ferry',
    genres: ['Thriller'],
    cast: ['Teo Marchetti', 'Dot Marlowe'],
    directors: ['Ned Farrow'],
    released: '2021-10-08',
    access: 'Prime',
    minutes: 102,
  },
  {
    ...live,
    name: 'Harbor City against Redwood',
    series: 'Coast League Live',
    season: '2024',
    episode: null,
    released: '2024-08-30',
    event: { name: 'Harbor City against Redwood', league: 'Coast League', sport: 'Soccer' },
  },
  {
    ...live,
    name: 'Autumn Marathon',
    series: 'Road Running Live',
    season: '2024',
    episode: null,
    released: '2024-10-13',
    event: { name: 'Autumn Marathon', league: 'Road Series', sport: 'Running' },
  },
  {
    ...live,
    name: 'Lumen Reel around the clock',
    series: 'Lumen Reel around the clock',
    stream: 'linear TV',
    genres: ['Entertainment'],
    released: '2022-01-01',
    access: 'Free',
    event: null,
    minutes: 40,
  },
  {
    ...lighthouse,
    name: 'The Lighthouse Keepers, trailer',
    episode: null,
    season: null,
    kind: 'Promotion',
    material: 'trailer',
    access: 'Free',
    minutes: 2,
  },
  {
    ...puddle,
    name: 'Puddle and Pip, coming soon',
    episode: null,
    season: null,
    kind: 'Promotion',
    material: 'promo',
    access: 'Free',
    minutes: 1,
  },
]
