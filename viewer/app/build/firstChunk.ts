// Puts all that the page needs at once into one script: thirty small ones would be asked for one by one, and compress worse.

interface ModuleGraph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/** Of what is reached, the page's own modules and what draws them: others are there in part only, and stay with their users. */
const own = /\/viewer\/|\/node_modules\/(preact|@preact)\//

/** Names the chunk of a module: `first` when the page's start leads to it by static imports, else as the bundler likes. */
export function firstChunk(entry: string): (id: string, graph: ModuleGraph) => string | null {
  const known = new Map<string, boolean>([[entry, true]])
  const leadsTo = (id: string, graph: ModuleGraph): boolean => {
    const before = known.get(id)
    if (before !== undefined) return before
    // Circles end here.
    known.set(id, false)
    const found = graph.getModuleInfo(id)?.importers.some(importer => leadsTo(importer, graph)) ?? false
    known.set(id, found)
    return found
  }
  // The entry stays by itself: it waits for scripts that themselves need this one.
  return (id, graph) => (id !== entry && own.test(id) && leadsTo(id, graph) ? 'first' : null)
}
