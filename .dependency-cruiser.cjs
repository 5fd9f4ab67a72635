// The floors of DESIGN: a file imports only from lower floors, or from siblings without a cycle.

/** Floors, lowest first; a folder may import from its own floor and those before it, as `sees` narrows. */
const leaves = '^src/(check|dataType|errors|shape)\\.ts$|^src/random/'
const backend = '^src/backend/'
const compile = '^src/compile/'
const core = '^src/(tensor|scope|autograd|disposals)\\.ts$|^src/ops/'
const learning = '^src/(nn|optim|data|train)/'

/** Files under `from` may import project files only from the places listed. */
const floor = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|sim|experiments|examples|viewer|bench|test)/', pathNot: allowed },
})

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'resolvable',
      severity: 'error',
      // Peers are optional: the bench says which are missing.
      from: { pathNot: '^bench/peers/' },
      to: { couldNotResolve: true },
    },
    floor('leaves', leaves, [leaves], 'Floor 0 imports nothing but its own.'),
    floor('backend', backend, [leaves, backend], 'Floor 1 sees floor 0.'),
    floor('compile', compile, [leaves, backend, compile], 'Floor 2 sees floors 0 and 1.'),
    floor('core', core, [leaves, backend, compile, core], 'Floor 3 sees floors 0 to 2.'),
    floor('learning', learning, [leaves, backend, compile, core, learning], 'Floor 4 sees floors 0 to 3.'),
    floor('sim', '^sim/', ['^sim/', '^src/index\\.ts$'], 'sim sees src through its index only.'),
    floor(
      'experiments',
      '^experiments/',
      ['^experiments/', '^src/index\\.ts$', '^sim/index\\.ts$'],
      'The harness sees lower floors through their indexes only.',
    ),
    floor(
      'viewer',
      '^viewer/',
      ['^viewer/', '^experiments/(learners|recording)/', '^src/index\\.ts$', '^sim/index\\.ts$'],
      'The viewer sees lower floors through their indexes, and what the harness shares with it.',
    ),
    floor(
      'bench',
      '^bench/',
      ['^bench/', '^experiments/', '^test/browser/', '^src/index\\.ts$', '^sim/index\\.ts$'],
      'The benchmarks see what the harness sees, and the harness.',
    ),
    floor(
      'examples',
      '^examples/',
      ['^examples/', '^src/index\\.ts$', '^sim/index\\.ts$'],
      'An example sees what a user sees.',
    ),
    {
      name: 'examples-import-the-package',
      comment: 'An example imports spikegrad by its name, as a user does.',
      severity: 'error',
      from: { path: '^examples/' },
      to: { path: '^(src|sim)/', dependencyTypesNot: ['aliased'] },
    },
    {
      name: 'contract-imports-no-implementation',
      comment: 'backend.ts is the contract; only select.ts imports implementations.',
      severity: 'error',
      from: { path: backend, pathNot: '^src/backend/(select\\.ts|js/|wasm/)' },
      to: { path: '^src/backend/(js|wasm)/' },
    },
    {
      name: 'shared-with-the-viewer-needs-no-node',
      comment: 'Learners and recordings run in a browser as they are.',
      severity: 'error',
      from: { path: '^experiments/(learners|recording)/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-needs-no-node',
      comment: 'src and sim run in a browser as they are.',
      severity: 'error',
      from: { path: '^(src|sim)/', pathNot: '^src/backend/wasm/build\\.mjs$' },
      to: { dependencyTypes: ['core'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/backend/wasm/(assembly/|build\\.mjs)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
}
