// Tells when the graphics side has finished a picture, so that no second one queues up behind it and holds the page.

export class PictureFence {
  readonly #gl: WebGL2RenderingContext
  #sync: WebGLSync | null = null
  #begun = 0

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl
  }

  /** Stands behind all that was drawn until now; `begun` is when that began, ms. */
  raise(begun: number): void {
    const gl = this.#gl
    this.#begun = begun
    this.#sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0)
  }

  /** Whether a picture is still being made. */
  get pending(): boolean {
    return this.#sync !== null
  }

  /** Looks whether the picture is done; if it is so since the last look, returns how long it took until `now`, ms. */
  look(now: number): number | null {
    const gl = this.#gl
    if (this.#sync === null || gl.getSyncParameter(this.#sync, gl.SYNC_STATUS) !== gl.SIGNALED) return null
    gl.deleteSync(this.#sync)
    this.#sync = null
    return now - this.#begun
  }

  /** Forgets the picture: its context is gone. */
  drop(): void {
    this.#sync = null
  }
}
