/** Where people live: state and postal code carry their country's prefix, market areas exist in the US only. */
export interface Place {
  market: number
  city: string
  state: string
  dma: string | null
  /** Only the country where the code is not known. */
  postalCode: string
  /** Share of the people of the market. */
  weight: number
}

type Row = readonly [city: string, state: string, dma: string | null, postalCode: string, weight: number]

const unitedStates: readonly Row[] = [
  ['New York', 'NY', '501', '10001', 12],
  ['Brooklyn', 'NY', '501', '11201', 8],
  ['Buffalo', 'NY', '514', '14201', 3],
  ['Los Angeles', 'CA', '803', '90001', 11],
  ['San Francisco', 'CA', '807', '94103', 7],
  ['Sacramento', 'CA', '862', '95814', 3],
  ['Chicago', 'IL', '602', '60601', 9],
  ['Houston', 'TX', '618', '77002', 7],
  ['Dallas', 'TX', '623', '75201', 7],
  ['Austin', 'TX', '635', '78701', 4],
  ['Miami', 'FL', '528', '33101', 5],
  ['Tampa', 'FL', '539', '33602', 4],
  ['Seattle', 'WA', '819', '98101', 5],
  ['Denver', 'CO', '751', '80202', 4],
  ['Boston', 'MA', '506', '02108', 4],
  ['Atlanta', 'GA', '524', '30303', 4],
  ['Casper', 'WY', '767', '82601', 0.2],
  ['Unknown', 'OH', '510', '', 2.8],
]
const unitedKingdom: readonly Row[] = [
  ['London', 'ENG', null, 'SW1A', 5],
  ['Manchester', 'ENG', null, 'M1', 3],
  ['Glasgow', 'SCT', null, 'G1', 2],
]
const canada: readonly Row[] = [
  ['Toronto', 'ON', null, 'M5V', 5],
  ['Vancouver', 'BC', null, 'V6B', 3],
  ['Montreal', 'QC', null, 'H2Y', 2],
]

function inMarket(market: number, country: string, rows: readonly Row[]): Place[] {
  return rows.map(([city, state, dma, postalCode, weight]) => ({
    market,
    city,
    state: `${country}-${state}`,
    dma: dma === null ? null : `${country}-DMA${dma}`,
    postalCode: postalCode === '' ? country : `${country}-${postalCode}`,
    weight,
  }))
}

/** The place of Ohio has no known postal code; Wyoming has so few people that most thresholds drop it. */
export const places: readonly Place[] = [
  ...inMarket(1, 'US', unitedStates),
  ...inMarket(2, 'GB', unitedKingdom),
  ...inMarket(3, 'CA', canada),
]
