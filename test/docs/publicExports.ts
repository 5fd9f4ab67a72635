// Reads the public exports of the package from its sources: their names, docstrings and examples.
import { relative, resolve } from 'node:path'
import ts from 'typescript'

/** The package's entries: the name a user imports, and the source behind it. */
export const entries: Readonly<Record<string, string>> = {
  spikegrad: resolve('src/index.ts'),
  'spikegrad/sim': resolve('sim/index.ts'),
}

export interface PublicExport {
  readonly name: string
  /** What a user imports it from. */
  readonly entry: string
  /** Where it is declared, from the repository's root. */
  readonly file: string
  /** The docstring without its tags. */
  readonly summary: string
  /** The text of each `@example`. */
  readonly examples: readonly string[]
}

/** The project's compiler options, with the package's names leading to its sources. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd())
  const paths = Object.fromEntries(Object.entries(entries).map(([name, source]) => [name, [source]]))
  return { ...options, paths, noUnusedLocals: false, noEmit: true }
}

export function sourceProgram(): ts.Program {
  return ts.createProgram(Object.values(entries), compilerOptions())
}

/** Every export of both entries, types too. */
export function publicExports(program: ts.Program): readonly PublicExport[] {
  const checker = program.getTypeChecker()
  return Object.entries(entries).flatMap(([entry, source]) => {
    const module = checker.getSymbolAtLocation(program.getSourceFile(source)!)!
    return checker.getExportsOfModule(module).map(exported => {
      const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported
      const tags = symbol.getJsDocTags(checker)
      return {
        name: exported.name,
        entry,
        file: relative(process.cwd(), symbol.declarations![0]!.getSourceFile().fileName),
        summary: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
        examples: tags
          .filter(({ name }) => name === 'example')
          .map(({ text }) => ts.displayPartsToString(text)),
      }
    })
  })
}
