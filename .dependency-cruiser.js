// The house, top to bottom; a room may import itself and the rooms above it.
const rooms = [
  'shared',
  'platform',
  'access',
  'ingest',
  'identity',
  'customer',
  'pass',
  'configurator',
  'visit',
  'insight',
  'enrichment',
  'market',
  'engagement',
  'briefing',
  'report',
];

const downwards = rooms.slice(0, -1).map((room, depth) => ({
  name: `${room}-looks-up`,
  severity: 'error',
  comment: `${room} may import itself and the rooms above it; speak downwards by an event or a registry.`,
  from: { path: `^src/${room}/` },
  to: { path: `^src/(${rooms.slice(depth + 1).join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...downwards,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-root',
      severity: 'error',
      comment: 'Rooms do not import the table of contents.',
      from: { path: '^src/[a-z]+/', pathNot: '^src/cli/' },
      to: { path: '^src/[^/]+\\.ts$' },
    },
    {
      name: 'pure-rules',
      severity: 'error',
      comment: 'Rules and parts know no framework, no database and no clock of the machine.',
      from: { path: '\\.(rules|step|identifier|source|rule|action)\\.ts$', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '(^node_modules/(@nestjs|typeorm|pg|bullmq|fastify|mercurius|graphql|ioredis)/|\\.(service|query|resolver|entity|module|job)\\.ts$|^src/platform/)',
        // Shapes of rows are words; only what runs counts.
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-shared',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^node_modules/(@nestjs|typeorm|pg|bullmq|fastify|mercurius|graphql|ioredis)/' },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(\\.spec\\.ts$|^test/|^bench/)' },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^src/', pathNot: '(\\.spec|/arbitraries)\\.ts$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
