import { noTrackers } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { factTable } from '../sql-text.ts'

/** The product hierarchy of the panel with mean price and share. Brands are invented; Juniper Lane advertises. */
const shelves = [
  ['Grocery', 'Beverages', 'Coffee', 'Juniper Lane', 'Dark Roast', 11.9, 3],
  ['Grocery', 'Beverages', 'Coffee', 'Harborside', 'House Blend', 9.4, 6],
  ['Grocery', 'Beverages', 'Coffee', 'Old Mill', 'Espresso', 12.8, 4],
  ['Grocery', 'Beverages', 'Tea', 'Linden', 'Black Tea', 5.2, 4],
  ['Grocery', 'Breakfast', 'Granola', 'Juniper Lane', 'Oat Granola', 6.9, 2],
  ['Grocery', 'Breakfast', 'Granola', 'Sunup', 'Crunch', 5.1, 5],
  ['Grocery', 'Breakfast', 'Cereal', 'Sunup', 'Rings', 4.4, 8],
  ['Grocery', 'Snacks', 'Snack Bars', 'Juniper Lane', 'Almond', 7.3, 2],
  ['Grocery', 'Snacks', 'Snack Bars', 'Trekmate', 'Chewy', 6.1, 6],
  ['Grocery', 'Snacks', 'Chips', 'Salty Pine', 'Kettle', 4.2, 8],
  ['Household', 'Cleaning', 'Dish Soap', 'Brightwell', 'Lemon', 3.9, 5],
  ['Household', 'Paper', 'Paper Towels', 'Brightwell', 'Double Roll', 13.5, 5],
  ['Pet', 'Pet Food', 'Dog Food', 'Old Tom', 'Adult', 24.9, 3],
] as const

const shelfTable = factTable(
  'store.shelves',
  {
    shelf: 'INTEGER',
    department: 'VARCHAR',
    super_category: 'VARCHAR',
    category: 'VARCHAR',
    brand: 'VARCHAR',
    sub_brand: 'VARCHAR',
    price: 'DECIMAL(38,2)',
  },
  shelves.map(([department, superCategory, category, brand, sub, price], at) => [
    at,
    department,
    superCategory,
    category,
    brand,
    `${brand} ${sub}`,
    price,
  ]),
)

const anyShelf = shelves.flatMap(([, , , , , , weight], at) => Array.from({ length: weight }, () => at))
const ownShelves = shelves.flatMap(([, , , brand], at) => (brand === 'Juniper Lane' ? [at] : []))

/**
 * A quarter of the people of the US belong to households of the panel, two people at most to a household. In some weeks they go
 * shopping and come back with one to three lines. Whoever saw an ad of the brand before the week buys it a little more often.
 */
const baskets = `CREATE TABLE store.baskets AS
  WITH reached AS (
    SELECT person, min(impression_dt_utc)::DATE AS first_seen
    FROM base.store.dsp JOIN base.store.creatives USING (creative_key) WHERE advertiser_key = 3 GROUP BY person
  ),
  weeks AS (
    SELECT day::DATE AS week_end_dt, row_number() OVER (ORDER BY day) AS week
    FROM (SELECT unnest(generate_series(end_dt - INTERVAL 396 DAY, end_dt - INTERVAL 1 DAY, INTERVAL 1 DAY)) AS day FROM bounds)
    WHERE dayofweek(day) = 6
  ),
  trips AS (
    SELECT person * 64 + week AS trip, person, person // 2 AS household, user_id, user_id_type, week_end_dt, first_seen < week_end_dt AS seen
    FROM base.store.people LEFT JOIN reached USING (person), weeks
    WHERE market = 1 AND u(person // 2, 200) < 0.25 AND u(person * 64 + week, 201) < 0.3
  )
  SELECT trip, n AS line, household, user_id, user_id_type, week_end_dt,
    CASE WHEN seen AND u(trip * 4 + n, 202) < 0.08 THEN pick([${ownShelves.join(', ')}], u(trip * 4 + n, 203))
      ELSE pick([${anyShelf.join(', ')}], u(trip * 4 + n, 203)) END AS shelf,
    1 + floor(3 * pow(u(trip * 4 + n, 204), 4))::INTEGER AS purchase_quantity,
    0.9 + 0.2 * u(trip * 4 + n, 205) AS price_factor
  FROM trips, (SELECT unnest(range(3)) AS n)
  WHERE n < 1 + 2 * u(trip, 206)
  ORDER BY week_end_dt, trip, n`

/** Modelled weekly baskets of households, as a panel of offline shopping gives them. */
export const groceriesFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', shelfTable, baskets],
  views: {
    ncs_cpg_insights_stream: [
      {
        from: 'baskets',
        joins: { shelves: 'shelf' },
        expressions: {
          household_purchase_id: `'ncp' || hex(hash(trip))`,
          ncs_household_id: `'nch' || hex(hash(household))`,
          no_3p_trackers: noTrackers,
          product_category: `department || ' - ' || super_category || ' - ' || category`,
          purchase_dollar_amount: 'round(purchase_quantity * price * price_factor, 2)',
        },
      },
    ],
  },
}
