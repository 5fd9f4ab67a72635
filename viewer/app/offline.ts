/// <reference types="vite/client" />
// Keeps the page for visits without a network, and offers a newer version when there is one.
import { notify } from '../state/store.ts'
import { text } from '../text/text.ts'
import { settled } from './settled.ts'

/** Milliseconds after the first pictures move: the live run comes first. */
const PATIENCE = 3000

/** Registers the service worker of the built page. Where there is none, or it is denied, the page works all the same. */
export function keepForOffline(): void {
  if (!import.meta.env.PROD || !isSecureContext || !('serviceWorker' in navigator)) return
  void settled.then(() => setTimeout(() => void register().catch(() => undefined), PATIENCE))
}

async function register(): Promise<void> {
  const workers = navigator.serviceWorker
  const registration = await workers.register('./serviceWorker.js', { updateViaCache: 'none' })
  if (registration.waiting) offer(registration)
  registration.addEventListener('updatefound', () => {
    const found = registration.installing
    found?.addEventListener('statechange', () => {
      // The very first one has no version before it to take over from.
      if (found.state === 'installed' && workers.controller) offer(registration)
    })
  })
}

function offer(registration: ServiceWorkerRegistration): void {
  const { update, updateNow } = text.value.shell
  const run = () => {
    const { waiting } = registration
    // Another window has let it take over since.
    if (waiting === null) return location.reload()
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    waiting.postMessage('take over')
  }
  notify('information', update, { label: updateNow, run })
}
