/** UPS's codes, exactly as it publishes them (developer.ups.com, read 2026-11-21). */
import type { Packaging, Service } from '../contract.ts'
import type { MessageCode } from '../message.ts'
import { eu_countries } from '../readiness.ts'
import type { TrackingCodes } from '../tracking.ts'

const service = (
  id: string,
  carrier_code: string,
  name: string,
  from?: readonly string[],
): Service => ({ id, carrier_code, name, ...(from && { from }) })

/** Poland has names of its own for the same codes. */
const eu = eu_countries.filter((country_code) => country_code !== 'PL')

/** One code means different services by where the parcel starts: `from` decides on reading. */
export const services: readonly Service[] = [
  service('ups_standard', '11', 'UPS Standard'),
  service('ups_worldwide_express', '07', 'UPS Worldwide Express'),
  service('ups_worldwide_expedited', '08', 'UPS Worldwide Expedited'),
  service('ups_worldwide_express_plus', '54', 'UPS Worldwide Express Plus'),
  service('ups_worldwide_saver', '65', 'UPS Worldwide Saver'),
  service('ups_2nd_day_air', '02', 'UPS 2nd Day Air', ['US']),
  service('ups_2nd_day_air_am', '59', 'UPS 2nd Day Air A.M.', ['US']),
  service('ups_3_day_select', '12', 'UPS 3 Day Select', ['US']),
  service('ups_ground', '03', 'UPS Ground', ['US']),
  service('ups_next_day_air', '01', 'UPS Next Day Air', ['US']),
  service('ups_next_day_air_early', '14', 'UPS Next Day Air Early', ['US']),
  service('ups_next_day_air_saver', '13', 'UPS Next Day Air Saver', ['US']),
  service('ups_expedited_ca', '02', 'UPS Expedited CA', ['CA']),
  service('ups_express_saver_ca', '13', 'UPS Express Saver CA', ['CA']),
  service('ups_3_day_select_ca_us', '12', 'UPS 3 Day Select CA US', ['CA']),
  service('ups_access_point_economy_ca', '70', 'UPS Access Point Economy CA', ['CA']),
  service('ups_express_ca', '01', 'UPS Express CA', ['CA']),
  service('ups_express_early_ca', '14', 'UPS Express Early CA', ['CA']),
  service('ups_express_saver_intl_ca', '65', 'UPS Express Saver Intl CA', ['CA']),
  service('ups_standard_ca', '11', 'UPS Standard CA', ['CA']),
  service('ups_worldwide_expedited_ca', '08', 'UPS Worldwide Expedited CA', ['CA']),
  service('ups_worldwide_express_ca', '07', 'UPS Worldwide Express CA', ['CA']),
  service('ups_worldwide_express_plus_ca', '54', 'UPS Worldwide Express Plus CA', ['CA']),
  service('ups_express_early_ca_us', '54', 'UPS Express Early CA US', ['CA']),
  service('ups_access_point_economy_eu', '70', 'UPS Access Point Economy EU', eu),
  service('ups_expedited_eu', '08', 'UPS Expedited EU', eu),
  service('ups_express_eu', '07', 'UPS Express EU', eu),
  service('ups_standard_eu', '11', 'UPS Standard EU', eu),
  service('ups_worldwide_express_plus_eu', '54', 'UPS Worldwide Express Plus EU', eu),
  service('ups_worldwide_saver_eu', '65', 'UPS Worldwide Saver EU', eu),
  service('ups_access_point_economy_mx', '70', 'UPS Access Point Economy MX', ['MX']),
  service('ups_expedited_mx', '08', 'UPS Expedited MX', ['MX']),
  service('ups_express_mx', '07', 'UPS Express MX', ['MX']),
  service('ups_standard_mx', '11', 'UPS Standard MX', ['MX']),
  service('ups_worldwide_express_plus_mx', '54', 'UPS Worldwide Express Plus MX', ['MX']),
  service('ups_worldwide_saver_mx', '65', 'UPS Worldwide Saver MX', ['MX']),
  service('ups_access_point_economy_pl', '70', 'UPS Access Point Economy PL', ['PL']),
  service('ups_today_dedicated_courrier_pl', '83', 'UPS Today Dedicated Courier PL', ['PL']),
  service('ups_today_express_pl', '85', 'UPS Today Express PL', ['PL']),
  service('ups_today_express_saver_pl', '86', 'UPS Today Express Saver PL', ['PL']),
  service('ups_today_standard_pl', '82', 'UPS Today Standard PL', ['PL']),
  service('ups_expedited_pl', '08', 'UPS Expedited PL', ['PL']),
  service('ups_express_pl', '07', 'UPS Express PL', ['PL']),
  service('ups_express_plus_pl', '54', 'UPS Express Plus PL', ['PL']),
  service('ups_express_saver_pl', '65', 'UPS Express Saver PL', ['PL']),
  service('ups_standard_pl', '11', 'UPS Standard PL', ['PL']),
  service('ups_2nd_day_air_pr', '02', 'UPS 2nd Day Air PR', ['PR']),
  service('ups_ground_pr', '03', 'UPS Ground PR', ['PR']),
  service('ups_next_day_air_pr', '01', 'UPS Next Day Air PR', ['PR']),
  service('ups_next_day_air_early_pr', '14', 'UPS Next Day Air Early PR', ['PR']),
  service('ups_worldwide_expedited_pr', '08', 'UPS Worldwide Expedited PR', ['PR']),
  service('ups_worldwide_express_pr', '07', 'UPS Worldwide Express PR', ['PR']),
  service('ups_worldwide_express_plus_pr', '54', 'UPS Worldwide Express Plus PR', ['PR']),
  service('ups_worldwide_saver_pr', '65', 'UPS Worldwide Saver PR', ['PR']),
  service('ups_express_12_00_de', '74', 'UPS Express 12:00 DE', ['DE']),
  service('ups_worldwide_express_freight', '96', 'UPS Worldwide Express Freight'),
  service('ups_worldwide_express_freight_midday', '71', 'UPS Worldwide Express Freight Midday'),
  service('ups_worldwide_economy_ddu', '17', 'UPS Worldwide Economy DDU'),
  service('ups_worldwide_economy_ddp', '72', 'UPS Worldwide Economy DDP'),
]

/** Our service for UPS's code, seen from the shipper's country; UPS's own where we have none. */
export function serviceOf(code: string, country_code: string): Service {
  const alike = services.filter(({ carrier_code }) => carrier_code === code)
  return (
    alike.find(({ from }) => from?.includes(country_code)) ??
    alike.find(({ from }) => from === undefined) ??
    service(code, code, `UPS ${code}`)
  )
}

const box = (
  id: string,
  carrier_code: string,
  name: string,
  sizes_mm?: [length: number, width: number, height: number],
  max_weight_g?: number,
): Packaging => ({
  id: `ups_${id}`,
  carrier_code,
  name,
  ...(sizes_mm && { length_mm: sizes_mm[0], width_mm: sizes_mm[1], height_mm: sizes_mm[2] }),
  ...(max_weight_g && { max_weight_g }),
})

/** Thirty pounds, for the Express boxes. */
const thirty_pounds_g = 13_608

export const packaging: readonly Packaging[] = [
  box('unknown', '00', 'Unknown'),
  box('letter', '01', 'UPS Letter'),
  box('customer_supplied_package', '02', 'Your packaging'),
  box('tube', '03', 'Tube', [153, 966, 153]),
  box('pak', '04', 'Pak', [39, 407, 299]),
  box('ups_express_box', '21', 'Express Box'),
  box('ups_25_kg_box', '24', '25 kg Box', undefined, 25_000),
  box('ups_10_kg_box', '25', '10 kg Box', undefined, 10_000),
  box('pallet', '30', 'Pallet'),
  box('small_express_box', '2a', 'Small Express Box', [51, 331, 280], thirty_pounds_g),
  box('medium_express_box', '2b', 'Medium Express Box', [77, 407, 280], thirty_pounds_g),
  box('large_express_box', '2c', 'Large Express Box', [77, 458, 331], thirty_pounds_g),
]

/** Activity code (`SR`) or, where the table has none, the type (`D`, `I`, `X` …). */
export const tracking: TrackingCodes = {
  statuses: {
    pending: ['M', 'MV', 'MP', 'XD', 'OA', 'DD'],
    picked_up: ['P', 'OR', 'PU', 'OC', 'OG'],
    in_transit: ['I', 'DP', 'AA', 'AR', 'AF', 'AL', 'DS', 'IH', 'AP'],
    out_for_delivery: ['O', 'OT', 'OD', 'OF', 'DL'],
    ready_for_pickup: ['RP', 'UU', 'AC', 'WC'],
    delivered: ['D', 'FS', 'KB', 'F4'],
    on_hold: ['X', 'EX', 'HX', 'HD', 'HI', 'HS', 'HU', 'NH'],
    delivery_delayed: ['DY', 'DE', 'SD'],
    delivery_failed: ['RF', 'UR', 'UF', 'CC'],
    return_to_sender: ['RS', 'RT', 'RH', 'RU'],
    cancelled: ['VD', 'CA', 'CN', 'CV'],
  },
  incidents: {
    carrier_damaged_parcel: ['DA', 'DM', 'DMG'],
    carrier_sorting_error: ['MR', 'MSR'],
    carrier_address_not_found: ['NA', 'NL', 'ANF'],
    carrier_parcel_lost: ['LO', 'LT', 'LP'],
    carrier_not_enough_time: ['NT'],
    carrier_vehicle_issue: ['ME', 'VB'],
    consignee_refused: ['RF', 'RJ', 'RE'],
    consignee_business_closed: ['BC', 'CL'],
    consignee_not_available: ['NA1', 'NI'],
    consignee_not_home: ['NH', 'NAH'],
    consignee_incorrect_address: ['IA', 'WA', 'BA'],
    consignee_access_restricted: ['NS', 'SC'],
    customs_delay: ['CD', 'CH', 'CI'],
    customs_documentation: ['CM', 'CP'],
    customs_duties_unpaid: ['CU', 'DU'],
    weather_delay: ['WE', 'WD'],
    natural_disaster: ['ND', 'EM'],
  },
}

/**
 * Half of these are in published samples; the others are as integrators report them, not confirmed by
 * a document of UPS. Every other code is read by its HTTP status, or is unknown.
 */
export const errors: Readonly<Record<string, MessageCode>> = {
  '250002': 'auth',
  '250003': 'auth',
  '120100': 'auth',
  '9590018': 'auth',
  '10429': 'rate_limited',
  '20001': 'carrier_down',
  '110208': 'address',
  '111285': 'address',
  '111286': 'address',
  '120207': 'address',
  '120801': 'address',
  '111035': 'dimensions',
  '111546': 'dimensions',
  '111210': 'service_unavailable',
  '9560131': 'service_unavailable',
  '190102': 'not_found',
  '190117': 'duplicate',
  TV1002: 'not_found',
  TW0001: 'not_found',
  '151018': 'not_found',
}

/** Names of UPS's itemized charges; others keep their code. */
export const charge_names: Readonly<Record<string, string>> = {
  '100': 'ADDITIONAL HANDLING',
  '110': 'COD',
  '120': 'SIGNATURE REQUIRED',
  '121': 'ADULT SIGNATURE REQUIRED',
  '190': 'EXTENDED AREA',
  '270': 'RESIDENTIAL',
  '300': 'SATURDAY DELIVERY',
  '310': 'SATURDAY PICKUP',
  '375': 'FUEL SURCHARGE',
  '376': 'DELIVERY AREA',
  '430': 'PEAK SURCHARGE',
  '434': 'SURGE FEE',
}
