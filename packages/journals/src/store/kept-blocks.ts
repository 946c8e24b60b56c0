import type { BlockView } from './block/block-view.ts'

/** Blocks that are kept: with what is kept of each, up to some 30 MB. */
const MOST = 96

/**
 * The blocks in which needles were sought lately. Whoever found a process in one looks for its end next, mostly in the same, so that
 * what was unpacked for the one serves the other. Blocks never change.
 */
export class KeptBlocks {
  readonly #views = new Map<string, BlockView>()

  /** Finds a block, or opens it. */
  get(key: string, open: () => BlockView): BlockView {
    const view = this.#views.get(key) ?? open()
    this.#views.delete(key)
    this.#views.set(key, view)
    if (this.#views.size > MOST) this.#views.delete(this.#views.keys().next().value!)
    return view
  }

  clear(): void {
    this.#views.clear()
  }
}
