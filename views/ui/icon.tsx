/** The icon set: 24 units square, drawn with strokes, coloured by the text around them. */
import { raw, type Html } from '../../src/kit/html.ts'

const shapes = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  box: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5 8-4.5M12 12v9',
  pin: 'M12 21s7-6.2 7-11a7 7 0 10-14 0c0 4.800 7 11 7 11zM12 12.500a2.500 2.500 0 100-5 2.500 2.500 0 000 5z',
  globe: 'M12 21a9 9 0 100-18 9 9 0 000 18zM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
  layers: 'M12 3l9 5-9 5-9-5zM3 13l9 5 9-5',
  count: 'M9 4h6v3H9zM7 5H5v16h14V5h-2M8.500 13l2.500 2.500 4.500-5',
  proof: 'M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6zM8.500 12l2.500 2.500 4.500-5',
  cart: 'M3 4h2.500l2 11h10l2.500-8H6.500M9 20a1 1 0 100-2 1 1 0 000 2zM17 20a1 1 0 100-2 1 1 0 000 2z',
  receive: 'M12 3v11M8 10l4 4 4-4M4 15v5h16v-5',
  pick: 'M4 7h16v13H4zM8 7V4h8v3M8 13h8',
  truck:
    'M2 6h12v11H2zM14 10h4l4 4v3h-8zM6.500 19.500a2 2 0 100-4 2 2 0 000 4zM17.500 19.500a2 2 0 100-4 2 2 0 000 4z',
  track: 'M5 19c6 0 3-14 14-14M5 21a2 2 0 100-4 2 2 0 000 4zM19 7a2 2 0 100-4 2 2 0 000 4z',
  plug: 'M9 3v5M15 3v5M6 8h12v3a6 6 0 01-12 0zM12 17v4',
  back: 'M9 7L4 12l5 5M4 12h10a6 6 0 016 6',
  people:
    'M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 010 6.500M18 14.500c2.200.7 3.500 2.500 3.500 5.500',
  hook: 'M12 9a3 3 0 10-3-3c0 1.200.6 2 1.200 3L7 15M6 21a3 3 0 113-3h7M18 21a3 3 0 10-2-5l-3-6',
  list: 'M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01',
  key: 'M15 9a4 4 0 10-4 4l1.500-.500L20 20v-3h-2v-2h-2l-1.500-1.500A4 4 0 0015 9z',
  book: 'M5 4h11a3 3 0 013 3v13H8a3 3 0 01-3-3zM5 17a3 3 0 013-3h11',
  gear: 'M12 15a3 3 0 100-6 3 3 0 000 6zM12 2v4M12 18v4M2 12h4M18 12h4M5 5l2.800 2.800M16.200 16.200L19 19M5 19l2.800-2.800M16.200 7.800L19 5',
  clock: 'M12 21a9 9 0 100-18 9 9 0 000 18zM12 7v5l3.500 2',
  search: 'M11 18a7 7 0 100-14 7 7 0 000 14zM16 16l5 5',
  plus: 'M12 5v14M5 12h14',
  mail: 'M4 6h16v12H4zM4 7l8 6 8-6',
  menu: 'M4 7h16M4 12h16M4 17h16',
  chart: 'M4 20V4M4 20h16M8 16v-5M12 16V8M16 16v-8',
  building: 'M5 21V4h10v17M15 9h4v12M3 21h18M8 8h4M8 12h4M8 16h4',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  warning: 'M12 4l9 16H3zM12 10v4M12 17h.01',
  check: 'M5 12.500l4.500 4.500L19 7',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  user: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4 21c0-4.500 3.500-7 8-7s8 2.500 8 7',
} as const

export type IconName = keyof typeof shapes

/** Decoration only: the words beside it say what it means. */
export const Icon = ({ name }: { name: IconName }): Html =>
  raw(
    `<svg viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="${shapes[name]}"/></svg>`,
  )

export const isIcon = (name: string): name is IconName => name in shapes

/** The mark: boxes stowed in a hull. */
export const Mark = (): Html =>
  raw(
    `<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M2 15h28l-4 12a3 3 0 01-2.800 2H8.800A3 3 0 016 27z" fill="#0b6b62"/><rect x="6" y="8" width="8" height="7" rx="1" fill="#f2a33a"/><rect x="15" y="8" width="11" height="7" rx="1" fill="#8fe3d7"/><rect x="10" y="2" width="9" height="5.500" rx="1" fill="#dff0ec"/><path d="M8 20h16M9.500 24.500h13" stroke="#dff0ec" stroke-width="1.600"/></svg>`,
  )
