/** A label as a list of marks in millimetres: drawn once, then written as PDF, PNG or ZPL. */

export type Mark =
  | { kind: 'text'; x_mm: number; y_mm: number; height_mm: number; text: string; bold?: boolean }
  | { kind: 'box'; x_mm: number; y_mm: number; width_mm: number; height_mm: number }
  | {
      kind: 'code128'
      x_mm: number
      y_mm: number
      width_mm: number
      height_mm: number
      text: string
    }

export interface Layout {
  width_mm: number
  height_mm: number
  marks: Mark[]
}

/** 4 × 6 inches, the usual thermal label. */
export const four_by_six = { width_mm: 101.6, height_mm: 152.4 }

export interface LabelFacts {
  carrier: string
  service: string
  from: string[]
  to: string[]
  tracking_number: string
  reference: string
  weight: string
  piece: string
  /** Printed across the foot: `SAMPLE`, or nothing. */
  note?: string
}

/** `y_mm` is the top of the letters. */
const text = (
  x_mm: number,
  y_mm: number,
  height_mm: number,
  value: string,
  bold = false,
): Mark => ({
  kind: 'text',
  x_mm,
  y_mm,
  height_mm,
  text: value,
  bold,
})
const line = (y_mm: number): Mark => ({
  kind: 'box',
  x_mm: 4,
  y_mm,
  width_mm: 93.6,
  height_mm: 0.6,
})

/** The house's own shipping label: who, to whom, how, and the number as Code 128. */
export function shippingLabel(facts: LabelFacts): Layout {
  const marks: Mark[] = [
    text(5, 5, 6, facts.carrier, true),
    text(5, 13, 4, facts.service),
    line(20),
    text(5, 22, 2.6, 'FROM'),
    ...facts.from.map((value, index) => text(20, 22 + index * 3.6, 2.8, value)),
    line(43),
    text(5, 46, 3, 'TO'),
    ...facts.to.map((value, index) => text(20, 46 + index * 6, 4.4, value, index === 0)),
    line(84),
    text(5, 87, 3, `Weight ${facts.weight}`),
    text(45, 87, 3, `Piece ${facts.piece}`, true),
    text(5, 92.5, 3, `Reference ${facts.reference}`),
    line(98),
    {
      kind: 'code128',
      x_mm: 8,
      y_mm: 103,
      width_mm: 85,
      height_mm: 28,
      text: facts.tracking_number,
    },
    text(8, 133, 4.4, facts.tracking_number, true),
    line(141),
    text(5, 144, 3.4, facts.note ?? '', true),
  ]
  return {
    ...four_by_six,
    marks: marks.filter((mark) => mark.kind !== 'text' || mark.text !== ''),
  }
}
