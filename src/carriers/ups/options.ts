/** What may be asked of UPS beside the service, and where in a request it belongs. */
import type { OptionField } from '../contract.ts'

/** `services`: ShipmentServiceOptions, as `Y`; `articles`: RestrictedArticles within them. */
interface Indicator extends OptionField {
  code: string
  place: 'services' | 'articles' | 'rating'
}

const indicator = (
  id: string,
  code: string,
  help: string,
  place: Indicator['place'] = 'services',
): Indicator => ({ id: `ups_${id}`, code, type: 'boolean', default: false, help, place })

export const indicators: readonly Indicator[] = [
  indicator('saturday_pickup_indicator', 'SaturdayPickupIndicator', 'Collect on Saturday.'),
  indicator('saturday_delivery_indicator', 'SaturdayDeliveryIndicator', 'Deliver on Saturday.'),
  indicator('sunday_delivery_indicator', 'SundayDeliveryIndicator', 'Deliver on Sunday.'),
  indicator(
    'deliver_to_addressee_only_indicator',
    'DeliverToAddresseeOnlyIndicator',
    'Only the addressee may take it.',
  ),
  indicator(
    'direct_delivery_only_indicator',
    'DirectDeliveryOnlyIndicator',
    'Never to an access point or a neighbour.',
  ),
  indicator(
    'return_of_document_indicator',
    'ReturnOfDocumentIndicator',
    'Bring a signed document back.',
  ),
  indicator('carbonneutral_indicator', 'UPScarbonneutralIndicator', 'Offset its emissions.'),
  indicator(
    'commercial_invoice_removal_indicator',
    'CommercialInvoiceRemovalIndicator',
    'Take the invoice off before delivery.',
  ),
  indicator(
    'lift_gate_for_pickup_indicator',
    'LiftGateForPickUpIndicator',
    'A lift gate at collection.',
  ),
  indicator(
    'lift_gate_for_delivery_indicator',
    'LiftGateForDeliveryIndicator',
    'A lift gate at delivery.',
  ),
  indicator(
    'dropoff_at_ups_facility_indicator',
    'DropoffAtUPSFacilityIndicator',
    'Brought to a UPS facility.',
  ),
  indicator('hold_for_pickup_indicator', 'HoldForPickupIndicator', 'Kept for collection.'),
  indicator('exchange_forward_indicator', 'ExchangeForwardIndicator', 'Exchange for another.'),
  indicator('sdl_shipment_indicator', 'SDLShipmentIndicator', 'Goods handled as SDL.'),
  indicator('item_disposal', 'ItemDisposal', 'Take the old item away for disposal.'),
  indicator('alcoholic_beverages_indicator', 'AlcoholicBeveragesIndicator', 'Alcohol.', 'articles'),
  indicator(
    'diagnostic_specimens_indicator',
    'DiagnosticSpecimensIndicator',
    'Diagnostic specimens.',
    'articles',
  ),
  indicator('perishables_indicator', 'PerishablesIndicator', 'Perishables.', 'articles'),
  indicator('plants_indicator', 'PlantsIndicator', 'Plants.', 'articles'),
  indicator('seeds_indicator', 'SeedsIndicator', 'Seeds.', 'articles'),
  indicator('special_exceptions_indicator', 'SpecialExceptionsIndicator', 'Other.', 'articles'),
  indicator('tobacco_indicator', 'TobaccoIndicator', 'Tobacco.', 'articles'),
  indicator('ecigarettes_indicator', 'ECigarettesIndicator', 'E-cigarettes.', 'articles'),
  indicator('hemp_cbd_indicator', 'HempCBDIndicator', 'Hemp or CBD.', 'articles'),
  indicator('frs_shipment_indicator', 'FRSShipmentIndicator', 'Ground freight price.', 'rating'),
  indicator('rate_chart_indicator', 'RateChartIndicator', 'Say which rate chart.', 'rating'),
  indicator(
    'user_level_discount_indicator',
    'UserLevelDiscountIndicator',
    "The user's own discount.",
    'rating',
  ),
  indicator(
    'tpfc_negotiated_rates_indicator',
    'TPFCNegotiatedRatesIndicator',
    "The payer's negotiated rates.",
    'rating',
  ),
]

export const options: readonly OptionField[] = [
  ...indicators,
  {
    id: 'ups_negotiated_rates_indicator',
    code: 'NegotiatedRatesIndicator',
    type: 'boolean',
    default: true,
    help: "Your account's own prices instead of the list prices.",
  },
  {
    id: 'ups_available_services_option',
    code: 'AvailableServicesOption',
    type: 'string',
    choices: ['1', '2', '3'],
    help: 'Which services a quote considers: 1 weekday, 2 Saturday, 3 both.',
  },
  {
    id: 'ups_delivery_confirmation',
    code: 'DCISType',
    type: 'string',
    choices: ['1', '2', '3'],
    help: 'UPS delivery confirmation type; signature_confirmation chooses the right one for you.',
  },
  {
    id: 'ups_inside_delivery',
    code: 'InsideDelivery',
    type: 'string',
    choices: ['01', '02', '03'],
    help: '01 white glove, 02 room of choice, 03 installation.',
  },
  {
    id: 'ups_return_service',
    code: 'ReturnService',
    type: 'string',
    choices: ['2', '3', '5', '8', '9'],
    help: '2 mailed by UPS, 3 one attempt, 5 three attempts, 8 by e-mail, 9 printed here.',
  },
]
