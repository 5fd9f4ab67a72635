// Starts the page: its state from the address and the system, then the shell.
import { render } from 'preact'
import { App } from './app/app.tsx'
import { tellAfterAbsence } from './app/away.ts'
import { startKeyboard } from './app/keyboard.ts'
import { keepForOffline } from './app/offline.ts'
import { player } from './app/player.ts'
import { followPreferences } from './app/preferences.ts'
import { mayTake } from './app/restarts.ts'
import { startSession } from './app/session.ts'
import { stage } from './app/stageHost.ts'
import { followAddress } from './state/addressBar.ts'
import { loadLanguage } from './text/text.ts'

followPreferences()
followAddress(mayTake)
startKeyboard()
await loadLanguage()
const page = document.querySelector('#page')
if (page !== null) {
  page.replaceChildren()
  render(<App />, page)
}
player.start()
startSession()
tellAfterAbsence()
if (new URLSearchParams(location.search).get('measure') === '1') {
  const { startMeasuring } = await import('./app/measures.ts')
  startMeasuring(() => stage.value?.statistics ?? null)
}
keepForOffline()
