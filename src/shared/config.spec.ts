import { readConfig, whyUnreachable } from './config.js';

const unreachable = (settings: Record<string, string>): string | undefined =>
  whyUnreachable(readConfig({ NODE_ENV: 'production', ...settings }));

describe('the public address', () => {
  it.each([
    'https://foyer.example/app',
    'https://foyer.example/?a=1',
    'https://me@foyer.example',
    'ftp://foyer.example',
  ])('%s is refused, because every path on it is ours', (PUBLIC_URL) => {
    const said = 'Configuration: PUBLIC_URL must be an origin such as https://foyer.example, without a path.';
    expect(() => readConfig({ PUBLIC_URL })).toThrow(said);
  });

  it('is an origin, with or without the slash after it', () => {
    for (const PUBLIC_URL of ['https://foyer.example', 'https://foyer.example/'])
      expect(readConfig({ PUBLIC_URL }).publicOrigin).toBe('https://foyer.example');
    expect(readConfig({ HOST: '::' }).publicOrigin).toBe('http://[::]:3000');
  });

  it.each<Record<string, string>>([
    {},
    { HOST: '0.0.0.0' },
    { HOST: '::' },
    { HOST: '10.0.0.9', PORT: '0' },
    { PUBLIC_URL: 'http://localhost' },
  ])('is told of at the start in production when no phone reaches it: %j', (settings) => {
    expect(unreachable(settings)).toMatch(/^Passes and links say http:[^ ]+, which no phone reaches: set PUBLIC_URL/);
    expect(unreachable({ ...settings, NODE_ENV: 'development' })).toBeUndefined();
  });

  it.each<Record<string, string>>([{ PUBLIC_URL: 'https://foyer.example', PORT: '0' }, { HOST: '10.0.0.9' }])(
    'is not told of when it may be reached: %j',
    (settings) => {
      expect(unreachable(settings)).toBeUndefined();
    },
  );
});
