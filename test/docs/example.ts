// Turns the code of an `@example` into a module that checks the values its comments show.
import { resolve } from 'node:path'
import ts from 'typescript'
import { entries } from './publicExports.ts'

const fencedBlock = /```ts\n(.*?)\n?```/gs

/** Whether an example is one fenced block of TypeScript, maybe with words around it. */
export function hasCode(example: string): boolean {
  return [...example.matchAll(fencedBlock)].length === 1
}

/** The code in an example's one fenced block. */
export function codeOf(example: string): string {
  if (!hasCode(example)) throw new Error('an example is one block of TypeScript')
  return `${[...example.matchAll(fencedBlock)][0]![1]}\n`
}

/** Pieces of text to replace, by position. */
interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The JavaScript of an example that runs against the sources, each shown value checked. */
export function checkedModule(code: string): string {
  const file = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ESNext, true)
  const edits: Edit[] = []
  for (const statement of file.statements) {
    if (ts.isImportDeclaration(statement)) edits.push(importOfSource(statement))
    else if (ts.isExpressionStatement(statement)) edits.push(...checkOf(statement, code))
  }
  let text = code
  for (const { start, end, text: replacement } of edits.reverse()) {
    text = text.slice(0, start) + replacement + text.slice(end)
  }
  const checks = `import { shows } from ${JSON.stringify(resolve('test/docs/shownValue.ts'))}\n`
  return ts.transpileModule(checks + text, {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
    },
  }).outputText
}

function importOfSource({ moduleSpecifier }: ts.ImportDeclaration): Edit {
  const name = (moduleSpecifier as ts.StringLiteral).text
  const source = entries[name]
  if (source === undefined) throw new Error(`an example imports the package alone, not "${name}"`)
  return {
    start: moduleSpecifier.getStart(),
    end: moduleSpecifier.getEnd(),
    text: JSON.stringify(source),
  }
}

/** `x.shape // [2]` becomes a call that checks it; a line without a comment stays. */
function checkOf(statement: ts.ExpressionStatement, code: string): readonly Edit[] {
  const comment = ts.getTrailingCommentRanges(code, statement.end)?.[0]
  if (comment === undefined) return []
  const shown = code.slice(comment.pos + 2, comment.end).trim()
  const line = statement.getText()
  const run = `async () => (${statement.expression.getText()})`
  const text = `await shows(${run}, ${JSON.stringify(shown)}, ${JSON.stringify(line)})`
  return [{ start: statement.getStart(), end: statement.end, text }]
}
