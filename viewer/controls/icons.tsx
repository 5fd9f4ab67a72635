// The page's icons: strokes on a grid of 24, in the colour of the text around them.

const paths = {
  play: 'M8 5.5v13l10.5-6.5z',
  pause: 'M8.5 6v12M15.5 6v12',
  step: 'M6 12h8M11 8.5l3.5 3.5-3.5 3.5M18 7v10',
  stepBack: 'M18 12h-8M13 8.5L9.5 12l3.5 3.5M6 7v10',
  sample: 'M6 6.5l7 5.5-7 5.5zM13 6.5l5 5.5-5 5.5M19.5 6.5v11',
  sampleBack: 'M18 6.5L11 12l7 5.5zM11 6.5L6 12l5 5.5M4.5 6.5v11',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 4.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5zM9 14.5a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5z',
  help: 'M9.2 9.3a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1.1-1.5 2.2M12 17.2v.1',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  table: 'M4.5 6h15v12.5h-15zM4.5 10.2h15M4.5 14.4h15M10 10.2v8.3',
  picture: 'M4.5 5.5h15v13h-15zM4.5 15.5l4.5-4 3.5 3 3-2.5 4 3.5M15.5 9h.01',
  link: 'M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1.2 1.2M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1.2-1.2',
  present: 'M3.5 5h17v10.5h-17zM12 15.5V20M8.5 20h7',
  restart: 'M5 12a7 7 0 1 0 2.2-5.1L5 9M5 4.5V9h4.5',
  draw: 'M5 19l1-4.2L16.3 4.5l3.2 3.2L9.2 18zM14 6.8l3.2 3.2',
  record: 'M12 6a6 6 0 1 1 0 12 6 6 0 0 1 0-12z',
  stop: 'M7 7h10v10H7z',
  warning: 'M12 4.5l8.5 15h-17zM12 10v4.5M12 17v.1',
  information: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 11v5M12 8v.1',
  menu: 'M4.5 7h15M4.5 12h15M4.5 17h15',
  save: 'M12 4.5v10M8 11l4 4 4-4M5 19h14',
  hide: 'M4 12s3-5.5 8-5.5 8 5.5 8 5.5-3 5.5-8 5.5S4 12 4 12zM5.5 19l13-14',
  check: 'M5 12.5l4.5 4.5L19 7.5',
} as const

export type IconName = keyof typeof paths

const filled: ReadonlySet<IconName> = new Set(['play', 'record', 'stop'])

/** An icon says nothing by itself: whoever shows it says it in words. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={paths[name]}
        fill={filled.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        stroke-width={name === 'more' ? 2.6 : 1.6}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  )
}
