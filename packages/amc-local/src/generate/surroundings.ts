import type { Channel } from './dsp-campaigns.ts'

/** Where people live. Weights are shares of the population; the last place has no known postal code. */
export const places: readonly (readonly [
  city: string,
  state: string,
  dma: string,
  postalCode: string,
  weight: number,
])[] = [
  ['New York', 'US-NY', 'US-DMA501', 'US-10001', 12],
  ['Brooklyn', 'US-NY', 'US-DMA501', 'US-11201', 8],
  ['Buffalo', 'US-NY', 'US-DMA514', 'US-14201', 3],
  ['Los Angeles', 'US-CA', 'US-DMA803', 'US-90001', 11],
  ['San Francisco', 'US-CA', 'US-DMA807', 'US-94103', 7],
  ['Sacramento', 'US-CA', 'US-DMA862', 'US-95814', 3],
  ['Chicago', 'US-IL', 'US-DMA602', 'US-60601', 9],
  ['Houston', 'US-TX', 'US-DMA618', 'US-77002', 7],
  ['Dallas', 'US-TX', 'US-DMA623', 'US-75201', 7],
  ['Austin', 'US-TX', 'US-DMA635', 'US-78701', 4],
  ['Miami', 'US-FL', 'US-DMA528', 'US-33101', 5],
  ['Tampa', 'US-FL', 'US-DMA539', 'US-33602', 4],
  ['Seattle', 'US-WA', 'US-DMA819', 'US-98101', 5],
  ['Denver', 'US-CO', 'US-DMA751', 'US-80202', 4],
  ['Boston', 'US-MA', 'US-DMA506', 'US-02108', 4],
  ['Atlanta', 'US-GA', 'US-DMA524', 'US-30303', 4],
  ['Casper', 'US-WY', 'US-DMA767', 'US-82601', 0.2],
  ['Unknown', 'US-OH', 'US-DMA510', 'US', 2.8],
]

/** A device together with the inventory on which it meets an ad. */
export interface Placement {
  channel: Channel
  weight: number
  deviceType: string
  deviceMake: string
  deviceModel: string
  operatingSystem: string
  osVersion: string
  browser: string
  environment: 'Web' | 'App'
  appBundle: string | null
  supplySource: string
  site: string
  publisher: string
  amazonOwned: boolean
  pageType: string | null
  slot: 'ATF' | 'BTF' | 'UNKNOWN'
  /** Share of impressions that can be measured and are then seen; null where viewability is not measured. */
  viewRate: number | null
}

const fireTv = {
  deviceType: 'TV',
  deviceMake: 'Amazon',
  deviceModel: 'Fire TV Stick',
  operatingSystem: 'Fire OS',
  osVersion: '8.1',
}
const roku = {
  deviceType: 'ConnectedDevice',
  deviceMake: 'ROKU',
  deviceModel: 'Roku Express',
  operatingSystem: 'Roku OS',
  osVersion: '12.5',
}
const iphone = {
  deviceType: 'Phone',
  deviceMake: 'Apple',
  deviceModel: 'iPhone',
  operatingSystem: 'iOS',
  osVersion: '17.5.1',
}
const galaxy = {
  deviceType: 'Phone',
  deviceMake: 'SAMSUNG',
  deviceModel: 'GALAXY',
  operatingSystem: 'Android',
  osVersion: '14',
}
const windows = {
  deviceType: 'PC',
  deviceMake: 'Generic',
  deviceModel: 'PC',
  operatingSystem: 'Windows',
  osVersion: '11',
}
const mac = { deviceType: 'PC', deviceMake: 'Apple', deviceModel: 'Mac', operatingSystem: 'macOS', osVersion: '14.4' }
const fireTablet = {
  deviceType: 'Tablet',
  deviceMake: 'Amazon',
  deviceModel: 'Fire HD 10',
  operatingSystem: 'Fire OS',
  osVersion: '7.3',
}
const echo = {
  deviceType: 'ConnectedDevice',
  deviceMake: 'Amazon',
  deviceModel: 'Echo Dot',
  operatingSystem: 'Fire OS',
  osVersion: '7.5',
}
const app = { environment: 'App', slot: 'UNKNOWN', pageType: null } as const
const web = { environment: 'Web', appBundle: null } as const

export const placements: readonly Placement[] = [
  {
    channel: 'stv',
    weight: 45,
    ...fireTv,
    ...app,
    browser: 'Fire TV App',
    appBundle: 'com.amazon.firebat',
    supplySource: 'Prime Video ads',
    site: 'Prime Video',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.95,
  },
  {
    channel: 'stv',
    weight: 25,
    ...fireTv,
    ...app,
    browser: 'Fire TV App',
    appBundle: 'tv.twitch.android.viewer',
    supplySource: 'MOBILEAPP_AMAZON_FIRE_TV',
    site: 'Fire TV',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.93,
  },
  {
    channel: 'stv',
    weight: 20,
    ...roku,
    ...app,
    browser: 'Roku App',
    appBundle: 'roku.prime',
    supplySource: 'Freevee',
    site: 'Freevee',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.92,
  },
  {
    channel: 'stv',
    weight: 10,
    ...roku,
    ...app,
    browser: 'Roku App',
    appBundle: 'roku.local.news',
    supplySource: 'Amazon Publisher Services',
    site: 'Local News Channel',
    publisher: 'Harbor Media',
    amazonOwned: false,
    viewRate: null,
  },
  {
    channel: 'olv',
    weight: 40,
    ...windows,
    ...web,
    browser: 'Chrome',
    supplySource: 'TWITCH WEB VIDEO',
    site: 'twitch.tv',
    publisher: 'Twitch',
    amazonOwned: true,
    pageType: null,
    slot: 'ATF',
    viewRate: 0.74,
  },
  {
    channel: 'olv',
    weight: 30,
    ...iphone,
    ...app,
    browser: 'iOS WebView',
    appBundle: 'tv.twitch',
    supplySource: 'TWITCH MOBILEAPP VIDEO',
    site: 'Twitch iOS',
    publisher: 'Twitch',
    amazonOwned: true,
    viewRate: 0.78,
  },
  {
    channel: 'olv',
    weight: 30,
    ...mac,
    ...web,
    browser: 'Safari',
    supplySource: 'PUBMATIC WEB DISPLAY',
    site: 'recipes.example',
    publisher: 'Harbor Media',
    amazonOwned: false,
    pageType: null,
    slot: 'BTF',
    viewRate: 0.6,
  },
  {
    channel: 'display',
    weight: 35,
    ...windows,
    ...web,
    browser: 'Chrome',
    supplySource: 'AMAZON.COM',
    site: 'amazon.com',
    publisher: 'Amazon',
    amazonOwned: true,
    pageType: 'Search',
    slot: 'ATF',
    viewRate: 0.72,
  },
  {
    channel: 'display',
    weight: 20,
    ...mac,
    ...web,
    browser: 'Safari',
    supplySource: 'AMAZON.COM',
    site: 'amazon.com',
    publisher: 'Amazon',
    amazonOwned: true,
    pageType: 'Detail',
    slot: 'BTF',
    viewRate: 0.64,
  },
  {
    channel: 'display',
    weight: 25,
    ...windows,
    ...web,
    browser: 'Chrome',
    supplySource: 'Amazon Publisher Services',
    site: 'news.example',
    publisher: 'Harbor Media',
    amazonOwned: false,
    pageType: null,
    slot: 'ATF',
    viewRate: 0.68,
  },
  {
    channel: 'display',
    weight: 20,
    ...mac,
    ...web,
    browser: 'Chrome',
    supplySource: 'INDEX',
    site: 'weather.example',
    publisher: 'Skyline Network',
    amazonOwned: false,
    pageType: null,
    slot: 'UNKNOWN',
    viewRate: null,
  },
  {
    channel: 'mobile',
    weight: 40,
    ...iphone,
    ...app,
    browser: 'iOS WebView',
    appBundle: 'com.amazon.Amazon',
    supplySource: 'AMAZON_US MSHOP WEBVIEW',
    site: 'Amazon Shopping iOS',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.82,
  },
  {
    channel: 'mobile',
    weight: 35,
    ...galaxy,
    ...app,
    browser: 'Android App',
    appBundle: 'com.amazon.mShop.android',
    supplySource: 'AMAZON_US MSHOP WEBVIEW',
    site: 'Amazon Shopping Android',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.8,
  },
  {
    channel: 'mobile',
    weight: 10,
    ...fireTablet,
    ...app,
    browser: 'Android App',
    appBundle: 'com.amazon.kindle',
    supplySource: 'MOBILEAPP_AMAZON_FIRE_TABLET',
    site: 'Fire Tablet',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: 0.7,
  },
  {
    channel: 'mobile',
    weight: 15,
    ...galaxy,
    ...web,
    browser: 'Chrome',
    supplySource: 'PUBMATIC WEB DISPLAY',
    site: 'games.example',
    publisher: 'Skyline Network',
    amazonOwned: false,
    pageType: null,
    slot: 'BTF',
    viewRate: 0.58,
  },
  {
    channel: 'audio',
    weight: 60,
    ...echo,
    ...app,
    browser: 'Alexa',
    appBundle: null,
    supplySource: 'ALEXA_DEVICES',
    site: 'Alexa',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: null,
  },
  {
    channel: 'audio',
    weight: 40,
    ...iphone,
    ...app,
    browser: 'iOS App',
    appBundle: 'com.amazon.mp3',
    supplySource: 'AMAZON AUDIO',
    site: 'Amazon Music',
    publisher: 'Amazon',
    amazonOwned: true,
    viewRate: null,
  },
]

/** Shares of the day's events by local hour, midnight first: shopping peaks at noon and in the evening, television after eight. */
export const hourShares: Readonly<Record<'television' | 'shopping', readonly number[]>> = {
  television: [3, 1, 1, 0, 0, 0, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 5, 7, 9, 12, 13, 12, 8],
  shopping: [2, 1, 1, 0, 0, 1, 2, 3, 4, 5, 5, 6, 7, 6, 5, 5, 5, 5, 6, 7, 8, 8, 6, 4],
}

/** Where sponsored ads show, with the operating systems of those who see them. */
export const sponsoredPlacements: Readonly<Record<string, readonly string[]>> = {
  sponsored_products: [
    'Top of Search on-Amazon',
    'Top of Search on-Amazon',
    'Detail Page on-Amazon',
    'Other on-Amazon',
  ],
  sponsored_brands: ['Top of Search on-Amazon', 'Other on-Amazon'],
  sponsored_display: ['Detail Page on-Amazon', 'Homepage on-Amazon', 'Off Amazon'],
}
