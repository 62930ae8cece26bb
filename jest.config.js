// SWC compiles each file alone, so a test starts in seconds; `npm run check` is where types are checked.
const swc = (syntax, type) => [
  '@swc/jest',
  {
    jsc: {
      target: 'es2022',
      parser: syntax,
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
    },
    module: { type },
    sourceMaps: 'inline',
  },
];

/** @type {import('jest').Config} */
export default {
  testMatch: [
    '<rootDir>/src/**/*.spec.ts',
    '<rootDir>/web/**/*.spec.ts',
    '<rootDir>/test/**/*.spec.ts',
    '<rootDir>/test/**/*.e2e-spec.ts',
  ],
  extensionsToTreatAsEsm: ['.ts'],
  // Our imports name the file that will be compiled; a library's "data.json.js" is meant as it stands.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' },
  resolver: '<rootDir>/test/support/packed-libraries.js',
  transform: {
    '\\.ts$': swc({ syntax: 'typescript', decorators: true }, 'es6'),
    'node_modules/(content-disposition|cookie)/.*\\.js$': swc({ syntax: 'ecmascript' }, 'commonjs'),
  },
  transformIgnorePatterns: ['/node_modules/(?!(content-disposition|cookie)/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/\\.foyer'],
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
  // What hangs fails; what is only slow, on a machine that does much else, does not.
  testTimeout: 90_000,
  maxWorkers: 2,
  // The embedded server's watch outlives a run of a single file, which shares its process with Jest.
  forceExit: true,
};
