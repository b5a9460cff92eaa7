/** What Harbour Goods sells: things for the kitchen and for tea. */
import type { NewItem } from '../../catalog/schema.ts'
import { checkDigit } from '../../carriers/generic/number.ts'
import type { SupplierCode } from './company.ts'

export type Season = 'even' | 'winter' | 'summer' | 'gifts'

export interface Goods {
  sku: string
  name: string
  supplier: SupplierCode
  /** Minor units of USD. */
  price: number
  cost: number
  weight_g: number
  /** Length, width, height of the packed unit. */
  size_mm: readonly [number, number, number]
  /** How much it is asked for, beside the others. */
  demand: number
  season: Season
  tracking: 'none' | 'lot' | 'serial'
  hs_code: string
  country_of_origin: string
  /** It is ordered in cases of so many. */
  case_of: number
}

type Row = [
  sku: string,
  name: string,
  price: number,
  cost: number,
  weight_g: number,
  size: [number, number, number],
  demand: number,
  season?: Season,
]

interface Family {
  supplier: SupplierCode
  hs_code: string
  country_of_origin: string
  case_of: number
  tracking?: 'lot' | 'serial'
  rows: Row[]
}

const families: Family[] = [
  {
    ...{ supplier: 'KILN', hs_code: '691200', country_of_origin: 'GB', case_of: 12 },
    rows: [
      ['MUG-BLUE', 'Mug, harbour blue, 350 ml', 1800, 640, 350, [120, 95, 105], 9],
      ['MUG-WHITE', 'Mug, chalk white, 350 ml', 1800, 640, 350, [120, 95, 105], 8],
      ['MUG-SAND', 'Mug, sand, 350 ml', 1800, 640, 350, [120, 95, 105], 5],
      ['MUG-ESP', 'Espresso cup, pair', 2200, 810, 310, [140, 90, 80], 5],
      ['POT-TEA-09', 'Teapot, chalk white, 0.9 l', 5400, 2150, 980, [240, 160, 150], 4, 'winter'],
      ['POT-TEA-14', 'Teapot, harbour blue, 1.4 l', 6800, 2700, 1340, [270, 180, 170], 3, 'winter'],
      ['BOWL-S', 'Bowl, small, 14 cm', 1600, 560, 380, [150, 150, 70], 5],
      ['BOWL-L', 'Serving bowl, 26 cm', 4200, 1580, 1240, [270, 270, 95], 3, 'gifts'],
      ['PLATE-21', 'Plate, 21 cm', 1900, 690, 480, [215, 215, 25], 4],
      ['PLATE-27', 'Dinner plate, 27 cm', 2600, 980, 790, [275, 275, 28], 4],
      ['JUG-MILK', 'Milk jug, 200 ml', 2100, 760, 290, [110, 80, 95], 3],
    ],
  },
  {
    ...{ supplier: 'TANAKA', hs_code: '090210', country_of_origin: 'JP', case_of: 24 },
    tracking: 'lot',
    rows: [
      ['TEA-SENCHA', 'Sencha, first flush, 100 g', 1900, 820, 130, [120, 80, 60], 7],
      ['TEA-HOJICHA', 'Hojicha, 100 g', 1500, 610, 130, [120, 80, 60], 6, 'winter'],
      ['TEA-GENMAI', 'Genmaicha, 100 g', 1400, 560, 130, [120, 80, 60], 4],
      ['TEA-MATCHA', 'Matcha, ceremonial, 30 g tin', 3200, 1480, 95, [70, 70, 80], 6, 'summer'],
      ['WHISK-BAM', 'Bamboo whisk', 2400, 880, 40, [110, 65, 65], 3],
    ],
  },
  {
    ...{ supplier: 'ASSAM', hs_code: '090240', country_of_origin: 'IN', case_of: 24 },
    tracking: 'lot',
    rows: [
      ['TEA-EARL', 'Earl Grey, loose leaf, 125 g', 1300, 470, 150, [120, 80, 70], 10, 'winter'],
      ['TEA-ASSAM', 'Assam, second flush, 125 g', 1400, 520, 150, [120, 80, 70], 7, 'winter'],
      ['TEA-DARJ', 'Darjeeling, first flush, 100 g', 1900, 850, 125, [120, 80, 60], 5],
      ['TEA-CHAI', 'Masala chai, 150 g', 1250, 430, 175, [130, 80, 70], 8, 'winter'],
      ['TEA-NILGIRI', 'Nilgiri for iced tea, 250 g', 1600, 590, 280, [160, 90, 80], 5, 'summer'],
      ['TEA-MINT', 'Peppermint, whole leaf, 60 g', 1100, 350, 85, [130, 90, 70], 6],
      ['TEA-CHAM', 'Chamomile flowers, 50 g', 1150, 370, 75, [130, 90, 70], 5, 'winter'],
    ],
  },
  {
    ...{ supplier: 'COMET', hs_code: '850940', country_of_origin: 'IT', case_of: 4 },
    tracking: 'serial',
    rows: [
      ['GRIND-HAND', 'Hand grinder, steel burrs', 8900, 4100, 620, [210, 90, 90], 2.2, 'gifts'],
      [
        'GRIND-ELEC',
        'Electric grinder, flat burrs',
        24900,
        13200,
        3900,
        [360, 190, 170],
        1,
        'gifts',
      ],
      ['KETTLE-GOOSE', 'Gooseneck kettle, variable heat', 14900, 7600, 1450, [300, 230, 220], 1.4],
    ],
  },
  {
    ...{ supplier: 'COMET', hs_code: '821000', country_of_origin: 'IT', case_of: 12 },
    rows: [
      ['SCALE-2KG', 'Coffee scale with timer, 2 kg', 5900, 2600, 480, [180, 140, 45], 3, 'gifts'],
      ['MOKA-3', 'Moka pot, 3 cups', 3900, 1520, 520, [170, 110, 160], 4],
      ['MOKA-6', 'Moka pot, 6 cups', 4900, 1980, 760, [190, 130, 200], 3],
      ['FROTHER', 'Milk frother, hand held', 2200, 830, 180, [230, 60, 50], 4],
      ['TIMER', 'Kitchen timer, wind up', 2400, 890, 190, [90, 90, 70], 3],
    ],
  },
  {
    ...{ supplier: 'IRON', hs_code: '732391', country_of_origin: 'US', case_of: 6 },
    rows: [
      ['PAN-20', 'Cast iron pan, 20 cm', 3900, 1600, 1850, [330, 210, 55], 4],
      ['PAN-26', 'Cast iron pan, 26 cm', 5600, 2350, 2750, [420, 270, 60], 5, 'gifts'],
      ['PAN-30', 'Cast iron pan, 30 cm', 7200, 3100, 3600, [460, 310, 65], 2],
      ['DUTCH-5', 'Dutch oven, 5 l', 12900, 5900, 5600, [330, 280, 190], 1.6, 'winter'],
      ['GRIDDLE', 'Griddle, two burners', 6400, 2750, 4100, [510, 270, 40], 1.5, 'summer'],
      ['PRESS-BURGER', 'Burger press', 2900, 1150, 1250, [180, 180, 90], 2.5, 'summer'],
      ['SCRUB-CHAIN', 'Chain scrubber', 1800, 610, 160, [150, 120, 25], 4],
      ['OIL-SEASON', 'Seasoning oil, 150 ml', 1200, 390, 190, [60, 60, 150], 4],
      ['KNIFE-CHEF', "Chef's knife, 20 cm", 8400, 3900, 290, [380, 70, 35], 2.5, 'gifts'],
      ['KNIFE-PAR', 'Paring knife, 9 cm', 3200, 1320, 110, [240, 50, 30], 3],
      ['BOARD-OAK', 'Oak board, 40 cm', 5200, 2100, 1750, [410, 260, 30], 3, 'gifts'],
    ],
  },
  {
    ...{ supplier: 'FJORD', hs_code: '701337', country_of_origin: 'DK', case_of: 12 },
    rows: [
      ['GLASS-TUM-4', 'Tumblers, set of 4', 3600, 1380, 1120, [200, 200, 110], 5, 'summer'],
      ['GLASS-CAR', 'Carafe with oak stopper, 1 l', 4400, 1750, 740, [120, 120, 290], 4, 'summer'],
      ['JAR-05', 'Storage jar, 0.5 l', 1400, 480, 390, [105, 105, 120], 7],
      ['JAR-10', 'Storage jar, 1 l', 1800, 640, 560, [115, 115, 180], 6],
      ['JAR-20', 'Storage jar, 2 l', 2600, 960, 890, [140, 140, 230], 4],
      ['DRIP-GLASS', 'Pour-over dripper, glass', 4200, 1690, 430, [150, 140, 160], 3],
      ['FILTER-100', 'Paper filters, 100', 900, 280, 140, [170, 130, 40], 8],
      ['COLD-BREW', 'Cold brew bottle, 1 l', 3400, 1290, 510, [100, 100, 300], 4, 'summer'],
      ['TEA-STRAIN', 'Tea strainer, fine mesh', 1300, 420, 45, [90, 70, 60], 6],
    ],
  },
  {
    ...{ supplier: 'BALTIC', hs_code: '630260', country_of_origin: 'LT', case_of: 20 },
    rows: [
      ['TOWEL-BLUE', 'Linen tea towel, blue stripe', 1600, 520, 120, [260, 190, 15], 8],
      ['TOWEL-NAT', 'Linen tea towel, natural', 1500, 490, 120, [260, 190, 15], 7],
      ['APRON-NAVY', 'Linen apron, navy', 5400, 2050, 340, [320, 240, 30], 4, 'gifts'],
      ['APRON-SAND', 'Linen apron, sand', 5400, 2050, 340, [320, 240, 30], 3, 'gifts'],
      ['MITT', 'Oven mitt, quilted', 2200, 790, 160, [320, 180, 40], 4],
      ['NAPKIN-4', 'Napkins, set of 4', 3800, 1420, 260, [220, 220, 30], 3, 'gifts'],
      ['BAG-BREAD', 'Bread bag, waxed linen', 2600, 940, 150, [350, 260, 20], 3],
      ['GIFT-TEA', 'Gift box: pot, two mugs, tea', 8900, 3900, 2050, [400, 300, 180], 2.5, 'gifts'],
      ['GIFT-BREW', 'Gift box: pour-over set', 7900, 3450, 1250, [330, 250, 200], 2, 'gifts'],
    ],
  },
]

export const catalogue: readonly Goods[] = families.flatMap(({ rows, tracking, ...family }) =>
  rows.map(([sku, name, price, cost, weight_g, size_mm, demand, season = 'even']) => ({
    ...{ sku, name, price, cost, weight_g, size_mm, demand, season },
    tracking: sku === 'WHISK-BAM' ? 'none' : (tracking ?? 'none'),
    ...family,
  })),
)

const peak: Record<Season, readonly number[]> = {
  even: [0.9, 0.9, 1, 1, 1, 1, 0.9, 0.9, 1, 1, 1.1, 1.3],
  winter: [1.4, 1.2, 1, 0.8, 0.6, 0.5, 0.4, 0.5, 0.9, 1.3, 1.6, 1.9],
  summer: [0.5, 0.5, 0.7, 1, 1.5, 1.8, 1.9, 1.6, 1, 0.7, 0.5, 0.7],
  gifts: [0.6, 0.8, 0.7, 0.8, 1.2, 0.9, 0.6, 0.6, 0.8, 1, 1.7, 2.6],
}

/** @param month 0 is January */
export const demandIn = ({ demand, season }: Goods, month: number): number =>
  demand * peak[season][month]!

/** The item as the catalogue takes it. @param number its place in the catalogue, for the barcode */
export function newItem(goods: Goods, number: number, reorder_point: number): NewItem {
  const { sku, name, price, weight_g, size_mm, tracking, hs_code, country_of_origin } = goods
  const [length_mm, width_mm, height_mm] = size_mm
  const digits = `850062${String(number + 1).padStart(5, '0')}0`
  return {
    ...{ sku, name, tracking, weight_g, length_mm, width_mm, height_mm },
    ...{ hs_code, country_of_origin, reorder_point: String(reorder_point) },
    barcode: `${digits}${checkDigit(digits)}`,
    value: { amount: price, currency: 'USD' },
  }
}
