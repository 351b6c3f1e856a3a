import { factTable } from './sql-text.ts'
import { advertisers } from './world/advertisers.ts'
import { marketOf } from './world/markets.ts'
import { products } from './world/products.ts'

/** The advertisers whose products Amazon sells, each with its keys of products, its store and its currency, as a temporary table. */
export function sellers(): string {
  return factTable(
    'sellers',
    {
      advertiser_key: 'INTEGER',
      market: 'INTEGER',
      brand: 'VARCHAR',
      products: 'INTEGER[]',
      in_store: 'DOUBLE',
      marketplace_name: 'VARCHAR',
      marketplace_id: 'INTEGER',
      currency: 'VARCHAR',
    },
    advertisers
      .filter(({ sellsOnAmazon }) => sellsOnAmazon)
      .map((advertiser) => {
        const market = marketOf(advertiser.market)
        return [
          advertiser.key,
          advertiser.market,
          advertiser.brand,
          products.filter((product) => product.advertiser === advertiser.key).map(({ key }) => key),
          advertiser.inStore,
          market.store,
          market.marketplaceId,
          market.currency,
        ]
      }),
  )
}
