/** The commercial invoice that UPS makes and sends along with goods that cross a border. */
import { moneyToDecimal } from '../../kit/money.ts'
import { partyName } from '../address.ts'
import type { Ask, Customs, ShipmentRequest } from '../contract.ts'
import { weightIn, type Commodity } from '../parcel.ts'
import { present } from '../reading.ts'
import { foldLines, place, shippingDay, type Units } from './request.ts'

const reasons: Record<string, string> = {
  merchandise: 'SALE',
  sale: 'SALE',
  gift: 'GIFT',
  sample: 'SAMPLE',
  repair: 'REPAIR',
  return_merchandise: 'RETURN',
}

/** The incoterms UPS prints on its invoice; another is left to the paper's own words. */
const terms = 'CFR CIF CIP CPT DAF DDP DDU DEQ DES EXW FAS FCA FOB'.split(' ')

const statement =
  'I hereby certify that the information on this invoice is true and correct and the contents ' +
  'and value of this shipment is as stated above.'

function product(commodity: Commodity, currency: string, units: Units): unknown {
  const { title, description, hs_code, origin_country, quantity, value_amount, weight_g } =
    commodity
  const pounds = units.weight === 'LBS'
  return present({
    Description: (title ?? description ?? 'Goods').slice(0, 35),
    CommodityCode: hs_code,
    OriginCountryCode: origin_country,
    // D: made in the United States or Puerto Rico; F: elsewhere (Shipping API, ExportType).
    ExportType: ['US', 'PR'].includes(origin_country ?? '') ? 'D' : 'F',
    Unit: {
      Number: String(quantity),
      UnitOfMeasurement: { Code: 'PCS', Description: 'Pieces' },
      Value: moneyToDecimal({ amount: value_amount ?? 0, currency }),
    },
    NumberOfPackagesPerCommodity: '1',
    ProductWeight:
      weight_g === undefined
        ? undefined
        : {
            UnitOfMeasurement: { Code: units.weight },
            Weight: weightIn(weight_g * quantity, pounds ? 'lb' : 'kg', 1).toFixed(1),
          },
  })
}

export function internationalForms(
  { recipient, reference, options }: ShipmentRequest,
  customs: Customs,
  units: Units,
  ask: Ask,
): unknown {
  // Checked beforehand: all goods are declared in one currency.
  const currency = customs.commodities[0]!.value_currency ?? ''
  return present({
    FormType: '01',
    InvoiceNumber: customs.invoice ?? reference,
    InvoiceDate: customs.invoice_date?.replaceAll('-', '') ?? shippingDay(options, ask.now_ms),
    ReasonForExport: reasons[customs.content_type ?? 'merchandise'] ?? 'OTHER',
    TermsOfShipment: terms.includes(customs.incoterm ?? '') ? customs.incoterm : undefined,
    CurrencyCode: currency,
    DeclarationStatement: statement,
    Contacts: {
      SoldTo: present({
        Name: partyName(recipient).slice(0, 35),
        AttentionName: (recipient.person_name ?? partyName(recipient)).slice(0, 35),
        Phone:
          recipient.phone_number === undefined ? undefined : { Number: recipient.phone_number },
        EMailAddress: recipient.email,
        Address: place(recipient, foldLines(recipient, '/recipient')),
      }),
    },
    Product: customs.commodities.map((commodity) => product(commodity, currency, units)),
  })
}
