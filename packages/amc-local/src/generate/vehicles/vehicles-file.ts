import { noTrackers } from '../columns.ts'
import type { GeneratedFile } from '../generated-file.ts'
import { factTable, repeatByShare } from '../sql-text.ts'
import { models } from './models.ts'

function modelTable(): string {
  return factTable(
    'store.models',
    {
      model: 'INTEGER',
      make: 'VARCHAR',
      model_name: 'VARCHAR',
      trim: 'VARCHAR',
      body: 'VARCHAR',
      vehicle_type: 'VARCHAR',
      vehicle_class: 'VARCHAR',
      vehicle_fuel_type: 'VARCHAR',
      engine: 'VARCHAR',
      horsepower: 'INTEGER',
      transmission: 'VARCHAR',
      drive: 'VARCHAR',
      brakes: 'VARCHAR',
      springs: 'VARCHAR',
    },
    models.map((model, at) => [
      at,
      model.make,
      model.model,
      model.trim,
      model.body,
      model.type,
      model.class,
      model.fuel,
      model.engine,
      model.horsepower,
      model.transmission,
      model.drive,
      model.brakes,
      model.springs,
    ]),
  )
}

const anyModel = `pick([${repeatByShare(models.map(({ weight }) => weight)).join(', ')}], `
const vantry = models.flatMap(({ make }, at) => (make === 'Vantry' ? [at] : []))

/** A third of the people of the US and Canada keep one or two vehicles in their garage, where they look now and then. */
const garage = `CREATE TABLE store.garage AS
  SELECT person * 2 + n AS garage_no, user_id, user_id_type, market, ${anyModel}u(garage_no, 180)) AS model,
    year(end_dt)::INTEGER - floor(15 * pow(u(garage_no, 181), 1.5))::INTEGER AS model_year,
    (end_dt - to_days(30 + floor(1400 * u(garage_no, 182))::INTEGER))::DATE AS creation_date,
    creation_date + floor(((end_dt::DATE - creation_date) * 0.5) * u(garage_no, 183))::INTEGER AS update_date,
    update_date + floor((end_dt::DATE - update_date - 1) * u(garage_no, 184))::INTEGER AS last_accessed_date
  FROM base.store.people, (SELECT unnest(range(2)) AS n), bounds
  WHERE market IN (1, 3) AND u(person, 185) < CASE n WHEN 0 THEN 0.33 ELSE 0.09 END`

/**
 * Registrations of twelve and a half months. They arrive with two months' delay, so that of the last two months only a part is
 * there. Whoever registered with the car maker is likelier to have bought there.
 */
const registrations = `CREATE TABLE store.registrations AS
  WITH interested AS (
    SELECT DISTINCT user_id FROM base.store.conversion_events WHERE advertiser_key = 6 AND user_id IS NOT NULL
  ),
  bought AS (
    SELECT person, user_id, user_id_type, place, (end_dt - to_days(1 + floor(381 * u(person, 190))::INTEGER))::DATE AS purchase_date,
      user_id IN (FROM interested) AS is_interested
    FROM base.store.people, bounds
    WHERE market = 1 AND u(person, 191) < CASE WHEN user_id IN (FROM interested) THEN 0.35 ELSE 0.2 END
  )
  SELECT b.* EXCLUDE (place, is_interested), iso_state_province_code,
    CASE WHEN is_interested AND u(person, 192) < 0.4 THEN pick([${vantry.join(', ')}], u(person, 193)) ELSE ${anyModel}u(person, 193)) END AS model,
    u(person, 194) < 0.45 AS is_new
  FROM bought b JOIN base.store.places USING (place), bounds
  WHERE u(person, 195) < CASE
    WHEN purchase_date >= date_trunc('month', end_dt) THEN 0.1
    WHEN purchase_date >= date_trunc('month', end_dt) - INTERVAL 1 MONTH THEN 0.35
    ELSE 1 END
  ORDER BY purchase_date, person`

const marketplace = `CASE market WHEN 3 THEN 'AMAZON_CA' ELSE 'AMAZON.COM' END`
const garageColumns = {
  marketplace_name: marketplace,
  no_3p_trackers: noTrackers,
  garage_make: 'make',
  garage_model: 'model_name',
  garage_bodystyle: 'body',
  garage_engine: 'engine',
  garage_transmission: 'transmission',
  garage_drivetype: 'drive',
  garage_brakes: 'brakes',
}

/** Vehicles that people own or bought. Amazon documents no values for region and status; ours are invented. */
export const vehiclesFile: GeneratedFile = {
  statements: () => ['CREATE SCHEMA store', modelTable(), garage, registrations],
  views: {
    amazon_your_garage: [
      {
        from: 'garage',
        joins: { models: 'model' },
        expressions: { ...garageColumns, garage_year: 'model_year', garage_submodel: 'trim' },
      },
    ],
    amazon_your_garage_all: [
      {
        from: 'garage',
        joins: { models: 'model' },
        expressions: {
          ...garageColumns,
          // The page types the years as days and the trim as a number.
          garage_year: 'make_date(model_year, 1, 1)',
          garage_year_range: 'make_date(model_year - model_year % 5, 1, 1)',
          garage_submodel: '4000 + model',
          garage_engine_output_hp: 'horsepower',
          garage_engine_output_kw: 'round(horsepower * 0.7457, 1)',
          garage_springtypes: 'springs',
          garage_variant: 'trim',
          region: `'NA'`,
          status: `CASE WHEN garage_no % 12 = 0 THEN 'DELETED' ELSE 'ACTIVE' END`,
        },
      },
    ],
    experian_vehicle_purchases: [
      {
        from: 'registrations',
        joins: { models: 'model' },
        expressions: {
          new_or_used: `CASE WHEN is_new THEN 'N' ELSE 'U' END`,
          no_3p_trackers: noTrackers,
          reported_dealership: `make || CASE WHEN is_new THEN ' of ' ELSE ' and more used cars of ' END || iso_state_province_code`,
          vehicle_make: 'make',
          vehicle_model: 'model_name',
          vehicle_model_year: 'year(purchase_date) - CASE WHEN is_new THEN 0 ELSE 1 + hash(person) % 9 END',
          vehicle_registered_state: 'substr(iso_state_province_code, 4)',
        },
      },
    ],
  },
}
