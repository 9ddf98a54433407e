// Who may import whom. The tree is the dependency diagram: ARCHITECTURE.md draws what this file holds.

/** Folder → the folders of ours whose packages it may import. Its own files are always allowed. */
const mayImport = {
  contracts: [],
  database: ['contracts'],
  platform: ['contracts'],
  'engine/scene': ['contracts'],
  'engine/fonts': ['contracts', 'engine/scene'],
  'engine/media': ['contracts'],
  'engine/render': ['contracts', 'engine/scene', 'engine/media', 'engine/fonts'],
  'apps/cli': [
    'contracts',
    'database',
    'platform',
    'engine/scene',
    'engine/media',
    'engine/fonts',
    'engine/render',
    'apps/node',
  ],
  'apps/node': ['contracts', 'engine/scene', 'engine/media', 'engine/fonts', 'engine/render'],
  templates: ['contracts'],
  'services/content': ['contracts', 'platform', 'engine/scene'],
  'services/identity': ['contracts', 'platform'],
  'services/file': ['contracts', 'platform'],
  'services/render': ['contracts', 'platform', 'engine/scene', 'engine/fonts'],
  'services/gateway': ['contracts', 'platform'],
  'services/notification': ['contracts', 'platform'],
  'apps/server': [
    'contracts',
    'database',
    'platform',
    'services/content',
    'services/file',
    'services/identity',
    'services/gateway',
    'services/notification',
    'services/render',
    'apps/node',
  ],
}

/** What pure packages may take from npm: JavaScript that runs in a browser as it does in Node. */
const pureLibraries = {
  contracts: ['@orpc', 'zod'],
  'engine/scene': [
    '@cto.af/linebreak',
    '@noble/hashes',
    'bidi-js',
    'fflate',
    'harfbuzzjs',
    'unicode-segmenter',
    'zod',
  ],
}

const ours = '^(contracts|database|platform|engine|services|apps|templates|tools|bench)/'
// What tests are made of: a corpus with the program that writes it, and fixtures.
const tests = '([.]test[.]ts$|/(corpus|fixtures|testbed|testcard)/)'
const either = (words) => `(${words.join('|')})`

const oneWay = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder} may import ${allowed.length === 0 ? 'no package of ours' : allowed.join(', ')} alone`,
  comment:
    'Imports point one way, so that a part can be taken, tested and understood without what stands on it.',
  severity: 'error',
  from: { path: `^${folder}/`, pathNot: tests },
  to: { path: ours, pathNot: `^${either([folder, ...allowed])}/` },
}))

const pure = Object.entries(pureLibraries).flatMap(([folder, libraries]) => [
  {
    name: `${folder} uses no Node built-in`,
    comment: 'It runs in a browser too.',
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: tests },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: `${folder} stands on ${libraries.join(', ')} alone`,
    comment:
      'Native code or a large library here would reach every browser; add one only with a decision page.',
    severity: 'error',
    from: { path: `^${folder}/`, pathNot: tests },
    to: { path: 'node_modules/', pathNot: `node_modules/${either(libraries)}/` },
  },
])

module.exports = {
  forbidden: [
    ...oneWay,
    ...pure,
    {
      name: 'no cycles',
      comment: 'Also not of types alone: two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing imports apps, tools or bench',
      comment: 'They are what is started. The reference pages alone read the CLI, to describe it.',
      severity: 'error',
      from: { pathNot: '^(apps|tools|bench)/' },
      to: { path: '^(apps|tools|bench)/' },
    },
    {
      name: 'packages are entered by their door',
      comment:
        'Only what a package.json exports is promised; a path into another package breaks with every move.',
      severity: 'error',
      from: { path: '^(contracts|engine/[^/]+|services/[^/]+|apps/[^/]+|templates|tools|bench)/' },
      to: { path: ours, pathNot: '^$1/', dependencyTypesNot: ['aliased-workspace', 'npm', 'npm-dev'] },
    },
    {
      name: 'imports resolve',
      comment: 'What cannot be resolved cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)bench/peers/|^templates/[^/]+/(a|audio|data|f|i|fonts)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['node', 'import', 'types', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts', '.wasm', '.node'],
    },
  },
}
