// The page's state, as signals; `address.ts` keeps what of it differs from the defaults in the URL.
import { computed, signal } from '@preact/signals'
import { initialConfig, type LearnerConfig } from '../../experiments/learners/parameters.ts'
import type { FrameSource } from '../frames/source.ts'
import type { Palette, PanelName, Theme, Unit } from '../stage/view.ts'

export const screens = ['stage', 'lesson', 'replay', 'lab', 'present', 'about'] as const
export type Screen = (typeof screens)[number]

export const languages = ['en', 'zh'] as const
export type Language = (typeof languages)[number]

/** Images a second that the speed control offers; the last is as fast as it goes. */
export const speeds = [0.1, 0.25, 0.5, 1, 2, 10, 100, Number.POSITIVE_INFINITY] as const

/** How the two networks keep pace: each at its own, or both at that of the slower one, image by image. */
export const paces = ['own', 'together'] as const
export type Pace = (typeof paces)[number]

export const screen = signal<Screen>('stage')
/** The lesson that is open, 1 to 8. */
export const lesson = signal(1)
export const language = signal<Language>('en')
/** What was asked for; `theme` is what it comes to. */
export const themeChoice = signal<Theme | 'system'>('system')
export const systemTheme = signal<Theme>('light')
export const theme = computed<Theme>(() =>
  themeChoice.value === 'system' ? systemTheme.value : themeChoice.value,
)
export const motionChoice = signal<'reduced' | 'full' | 'system'>('system')
export const systemReducedMotion = signal(false)
export const reducedMotion = computed(() =>
  motionChoice.value === 'system' ? systemReducedMotion.value : motionChoice.value === 'reduced',
)
/** Shortcuts of a single key can be switched off, as WCAG 2.1.4 asks. */
export const singleKeys = signal(true)

export const playing = signal(true)
export const speed = signal<number>(Number.POSITIVE_INFINITY)
export const pace = signal<Pace>('own')
/** Time within the sample, ms, when it is shown phase by phase. */
export const sampleTime = signal(0)

export const palette = signal<Palette>('cividis')
export const edges = signal(400)
export const focus = signal<Unit | null>(null)
export const hover = signal<Unit | null>(null)
/** Panels that the URL or the reader hides. */
export const hiddenPanels = signal<ReadonlySet<PanelName>>(new Set())
/** The page inside another page: no header, no footer. */
export const embedded = signal(false)

export const config = signal<LearnerConfig>(initialConfig)
/** What the stage shows: null until the first frames are there. */
export const source = signal<FrameSource | null>(null)
/** Counts what the source has told, at 4 Hz at most: numbers in the page depend on it. */
export const told = signal(0)

/** Counts the fresh starts that the reader asked for: the live run begins anew when it rises. */
export const restarts = signal(0)
/** Whether the pad for a digit of one's own is open, and the list of shortcuts. */
export const drawing = signal(false)
export const helping = signal(false)

/** Something the reader should know, newest last; each says what happened and what to do. */
export interface Notice {
  readonly id: number
  readonly kind: 'information' | 'problem'
  readonly text: string
  /** What can be done about it, on a button. */
  readonly action?: { readonly label: string; readonly run: () => void }
}
export const notices = signal<readonly Notice[]>([])

let lastNotice = 0
/** Shows a notice; one that is already there is not repeated. */
export function notify(kind: Notice['kind'], text: string, action?: Notice['action']): void {
  if (notices.value.some(notice => notice.text === text)) return
  lastNotice += 1
  notices.value = [...notices.value, { id: lastNotice, kind, text, ...(action && { action }) }]
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  notices.value = notices.value.filter(notice => notice.id !== id)
}
