// Giving way to the event loop: a long computation lets timers, input and drawing have their turn.

/** What `scheduler.yield` is where an engine has it. */
interface YieldingScheduler {
  readonly scheduler?: { readonly yield?: () => Promise<void> }
}

/** Milliseconds that training runs before it gives way: below what a person notices. */
const INTERVAL = 30

/** Returns when everything else that waits has had a turn. Unlike a timer, it is not delayed when called often or in a hidden page. */
export function yieldToEventLoop(): Promise<void> {
  const { scheduler } = globalThis as YieldingScheduler
  if (scheduler?.yield !== undefined) return scheduler.yield()
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}

/** Says when it is time to give way. */
export class Turn {
  #started = performance.now()

  get over(): boolean {
    return performance.now() - this.#started >= INTERVAL
  }

  /** Gives way, and begins a new turn. */
  async end(): Promise<void> {
    await yieldToEventLoop()
    this.#started = performance.now()
  }
}
