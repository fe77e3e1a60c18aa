/**
 * The import table of docs/architecture.md, as data: folder -> what it may import besides itself.
 * Every engine folder may also import `contract` and `charts`. A file that no row covers is an error; so is a cycle.
 */
const table = {
  'src/contract': [],
  'src/charts': [],
  'src/commandLine': [],
  'src/engine/math': [],
  'src/engine/files': [],
  'src/engine/tensorflow': [],
  'src/engine/equations': ['math'],
  'src/engine/theory': ['equations', 'math'],
  'src/engine/pictures': ['files', 'math'],
  'src/engine/data': ['files', 'math', 'pictures', 'tensorflow'],
  'src/engine/models': ['tensorflow', 'math'],
  'src/engine/runs': ['files'],
  'src/engine/session': ['models', 'data', 'runs', 'files', 'tensorflow', 'pictures'],
  'src/engine/training': ['session', 'models', 'data', 'equations', 'runs', 'files', 'tensorflow', 'math'],
  'src/engine/interventions': ['session', 'models', 'runs', 'files', 'pictures', 'math', 'tensorflow'],
  'src/engine/gates': [
    'interventions',
    'session',
    'models',
    'data',
    'runs',
    'files',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/directions': ['session', 'models', 'data', 'runs', 'files', 'pictures', 'math', 'tensorflow'],
  'src/engine/reach': ['gates', 'interventions', 'session', 'models', 'data', 'tensorflow'],
  'src/engine/modules': [
    'gates',
    'reach',
    'interventions',
    'session',
    'models',
    'data',
    'runs',
    'files',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/analysis': [
    'gates',
    'interventions',
    'session',
    'models',
    'data',
    'runs',
    'files',
    'equations',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/export': [
    'reach',
    'interventions',
    'session',
    'models',
    'data',
    'runs',
    'files',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/exchange': [
    'interventions',
    'session',
    'models',
    'runs',
    'files',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/figures': ['theory', 'pictures', 'math'],
  'src/engine/report': ['pictures', 'math'],
  'src/engine/studio': ['session', 'data', 'runs', 'files', 'tensorflow'],
  'src/engine/queue': ['studio', 'session', 'runs', 'files', 'tensorflow'],
  'src/engine/sweeps': [
    'queue',
    'report',
    'studio',
    'training',
    'session',
    'data',
    'runs',
    'files',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/experiments': [
    'queue',
    'analysis',
    'reach',
    'gates',
    'modules',
    'export',
    'figures',
    'interventions',
    'training',
    'session',
    'studio',
    'models',
    'data',
    'runs',
    'files',
    'report',
    'pictures',
    'math',
    'tensorflow',
  ],
  'src/engine/api': [
    'analysis',
    'data',
    'directions',
    'exchange',
    'experiments',
    'export',
    'figures',
    'files',
    'gates',
    'interventions',
    'modules',
    'queue',
    'reach',
    'runs',
    'session',
    'studio',
    'sweeps',
    'theory',
    'training',
  ],
};

/** Third parties with one home each; what is not named here may be imported by nobody. */
const homes = {
  '^zod': ['src/'],
  '^@orpc/contract': ['src/contract', 'src/engine/engine.ts', 'src/renderer'],
  '^lru-cache': ['src/engine/session', 'src/engine/modules', 'src/engine/studio', 'src/engine/tensorflow'],
  '^@orpc/client': ['src/renderer'],
  '^@orpc/server': ['src/engine/api', 'src/engine/engine.ts'],
  '^@tensorflow/': ['src/engine/tensorflow'],
  '^d3-(array|scale)/': ['src/charts'],
  '^d3-scale-chromatic': ['src/engine/math'],
  '^protobufjs': ['src/engine/exchange'],
  '^yaml': ['src/engine/sweeps'],
  '^sharp': ['src/engine/data', 'src/engine/pictures', 'src/engine/export'],
  '^(commander|cli-progress)': ['src/cli'],
  '^electron$': ['src/main', 'src/preload'],
  '^(fastify|@fastify/)': ['src/serve'],
  '^(react|react-dom|@mantine/|@tanstack/|chart\\.js|react-chartjs-2)': ['src/renderer'],
};

const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const rows = Object.keys(table);
const entries = ['^src/engine/engine\\.ts$'];
/** Where the programs begin; what none of them reaches is for tests alone, and belongs to them. */
const programs = [
  ...entries,
  '^src/cli/cli\\.ts$',
  '^src/(main/main|preload/preload)\\.ts$',
  '^src/renderer/main\\.tsx$',
];

const layerRules = rows.map((folder) => {
  const allowed = table[folder];
  const ok = [
    folder,
    'src/contract',
    ...(folder === 'src/contract' ? [] : ['src/charts']),
    ...allowed.map((name) => `src/engine/${name}`),
  ];
  return {
    name: `layer-${folder.replace(/^src\/(engine\/)?/, '')}`,
    severity: 'error',
    from: { path: `^${escape(folder)}/` },
    to: { path: '^src/', pathNot: ok.map((path) => `^${escape(path)}/`) },
  };
});

const homeRules = Object.entries(homes).map(([pattern, folders]) => ({
  name: `home-of-${pattern.replace(/[^a-z]/g, '')}`,
  severity: 'error',
  from: { path: '^src/', pathNot: folders.map((folder) => `^${escape(folder)}`) },
  to: { path: pattern.replace('^', '(^|node_modules/)'), dependencyTypes: ['npm', 'npm-dev'] },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-row-covers-this-file',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: [
          ...rows.map((row) => `^${escape(row)}/`),
          ...entries,
          '^src/(cli|serve|main|preload|renderer)/',
        ],
      },
      to: {},
    },
    {
      name: 'front-doors-see-the-contract-and-the-entry',
      severity: 'error',
      from: { path: '^src/(cli|serve)/' },
      to: { path: '^src/', pathNot: ['^src/(cli|serve)/', '^src/(contract|commandLine)/', ...entries] },
    },
    {
      name: 'windows-see-the-contract-only',
      severity: 'error',
      from: { path: '^src/(main|preload|renderer)/' },
      to: {
        path: '^src/',
        pathNot: [
          '^src/(main|preload|renderer)/',
          '^src/(contract|charts|commandLine)/',
          '^src/serve/owner/',
        ],
      },
    },
    {
      name: 'pages-share-through-the-folders-beside-them',
      severity: 'error',
      from: { path: '^src/renderer/pages/([^/]+)/' },
      to: {
        path: '^src/renderer/',
        pathNot: [
          '^src/renderer/pages/$1/',
          '^src/renderer/(address|api|charts|components|host|shell|theme)/',
          '^src/renderer/words\\.ts$',
        ],
      },
    },
    {
      name: 'what-pages-share-knows-no-page',
      severity: 'error',
      from: { path: '^src/renderer/(address|api|charts|components|host|theme|words\\.ts)' },
      to: { path: '^src/renderer/(pages|shell)/' },
    },
    {
      name: 'engine-never-sees-a-front-door',
      severity: 'error',
      from: { path: '^src/(engine|contract|charts|commandLine)/' },
      to: { path: '^src/(cli|serve|main|preload|renderer)/' },
    },
    {
      name: 'only-installed-packages',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
    {
      name: 'reached-by-a-program',
      severity: 'error',
      from: { path: programs },
      to: { path: '^src/', pathNot: [...programs, '\\.d\\.ts$'], reachable: false },
    },
    ...layerRules,
    ...homeRules,
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
