/** What the year's work has to know of the shop: its goods, places, partners and carriers. */
import type { Goods } from './goods.ts'
import type { SupplierCode } from './company.ts'

export interface Article {
  goods: Goods
  id: string
  /** Where it lies in the warehouse. */
  bin_id: string
  /** Where it lies in the shop on Quay Street; only the best sellers do. */
  shop_bin_id: string | undefined
}

export interface Buyer {
  id: string
  name: string
  is_cafe: boolean
  state_code: string
}

export interface Site {
  id: string
  dock_id: string
  bins: { id: string; code: string }[]
}

export interface Shop {
  warehouse: Site
  quay_street: Site
  articles: Article[]
  bySku: Map<string, Article>
  supplier_ids: Record<SupplierCode, string>
  buyers: Buyer[]
  connections: { ups: string; sendle: string; courier: string }
}
