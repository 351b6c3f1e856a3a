/** What the advertisers sell. All names are invented. */
export interface Product {
  key: number
  advertiser: number
  asin: string
  title: string
  department: string
  category: string
  subcategory: string
  /** Products of one parent are variations of each other. */
  parent: number
  /** In the currency of the advertiser's market. */
  price: number
  /** A channel or app that is subscribed to instead of shipped. */
  digital: boolean
}

type Row = readonly [asin: string, title: string, category: string, subcategory: string, parent: number, price: number]

function range(advertiser: number, department: string, rows: readonly Row[], digital = false) {
  return rows.map(([asin, title, category, subcategory, parent, price]) => ({
    advertiser,
    department,
    asin,
    title,
    category,
    subcategory,
    parent,
    price,
    digital,
  }))
}

/** Keys count from 1 in this order: campaigns name what they promote by them. */
export const products: readonly Product[] = [
  ...range(1, 'Kitchen', [
    ['B0FERN0101', 'Fernhill Cast Iron Skillet 10 in', 'Cookware', 'Skillets', 1, 34.99],
    ['B0FERN0102', 'Fernhill Cast Iron Skillet 12 in', 'Cookware', 'Skillets', 1, 44.99],
    ['B0FERN0201', 'Fernhill Dutch Oven 5 qt', 'Cookware', 'Dutch ovens', 2, 79],
    ['B0FERN0202', 'Fernhill Dutch Oven 7 qt', 'Cookware', 'Dutch ovens', 2, 99],
    ['B0FERN0301', 'Fernhill Walnut Spatula', 'Utensils', 'Spatulas', 3, 14.5],
    ['B0FERN0401', 'Fernhill Half Sheet Pan', 'Bakeware', 'Sheet pans', 4, 21.75],
  ]),
  ...range(2, 'Camping', [
    ['B0KEST0101', 'Kestrel Ridge Tent 2P', 'Shelter', 'Tents', 5, 189],
    ['B0KEST0102', 'Kestrel Ridge Tent 3P', 'Shelter', 'Tents', 5, 229],
    ['B0KEST0201', 'Kestrel Ridge Sleeping Bag -5', 'Sleep', 'Sleeping bags', 6, 89.5],
  ]),
  ...range(2, 'Gear', [
    ['B0KEST0301', 'Kestrel Ridge Headlamp 400', 'Light', 'Headlamps', 7, 27.99],
    ['B0KEST0401', 'Kestrel Ridge Camp Stove', 'Kitchen', 'Camp stoves', 8, 46],
    ['B0KEST0501', 'Kestrel Ridge Daypack 20 L', 'Packs', 'Daypacks', 9, 39.95],
  ]),
  ...range(3, 'Grocery', [
    ['B0JUNI0101', 'Juniper Lane Dark Roast 12 oz', 'Coffee', 'Ground coffee', 10, 11.49],
    ['B0JUNI0102', 'Juniper Lane Dark Roast 24 oz', 'Coffee', 'Ground coffee', 10, 19.99],
    ['B0JUNI0201', 'Juniper Lane Oat Granola', 'Breakfast', 'Granola', 11, 6.79],
    ['B0JUNI0301', 'Juniper Lane Almond Snack Bars', 'Snacks', 'Snack bars', 12, 14.25],
  ]),
  ...range(4, 'Home', [
    ['B0THIS0101', 'Thistle Home Enamel Kettle', 'Kettles', 'Stovetop kettles', 13, 42],
    ['B0THIS0201', 'Thistle Home Linen Apron', 'Textiles', 'Aprons', 14, 24.5],
    ['B0THIS0301', 'Thistle Home Teapot', 'Tableware', 'Teapots', 15, 31],
  ]),
  ...range(5, 'Camping', [
    ['B0KECA0101', 'Kestrel Ridge Winter Tent', 'Shelter', 'Tents', 16, 279],
    ['B0KECA0201', 'Kestrel Ridge Wool Blanket', 'Sleep', 'Blankets', 17, 64],
  ]),
  ...range(
    7,
    'Video',
    [
      ['B0LUME0101', 'Lumen Reel', 'Channels', 'Subscriptions', 18, 8.99],
      ['B0LUME0201', 'Lumen Reel Kids', 'Channels', 'Subscriptions', 19, 4.99],
    ],
    true,
  ),
].map((product, at) => ({ key: at + 1, ...product }))
