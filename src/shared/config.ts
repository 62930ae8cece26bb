import { createPrivateKey } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { randomToken } from './ids.js';

/** One setting: where it comes from, what it defaults to, and the sentence `.env.example` prints above it. */
export interface Setting<T> {
  readonly variable: string;
  readonly purpose: string;
  readonly fallback: string | undefined;
  readonly read: (text: string) => T;
}

/** A setting that is present but cannot be used; the message says what would be accepted. */
export class ConfigError extends Error {}

const text = (value: string): string => value;

function oneOf<T extends string>(...choices: T[]): (value: string) => T {
  return (value) => {
    const found = choices.find((choice) => choice === value);
    if (!found) throw new ConfigError(`must be one of ${choices.join(', ')}`);
    return found;
  };
}

function integer(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < least || number > most) {
      throw new ConfigError(`must be a whole number from ${least} to ${most}`);
    }
    return number;
  };
}

function list(value: string): readonly string[] {
  return value.split(',').map((each) => each.trim());
}

function origins(value: string): readonly string[] {
  return list(value).map((each) => {
    const parsed = URL.canParse(each) ? new URL(each) : undefined;
    if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.href !== `${parsed.origin}/`)
      throw new ConfigError('must be origins such as https://shop.example, separated by commas');
    return parsed.origin;
  });
}

function flag(value: string): boolean {
  if (/^(1|true|yes|on)$/i.test(value)) return true;
  if (/^(0|false|no|off)$/i.test(value)) return false;
  throw new ConfigError('must be true or false');
}

function url(...protocols: string[]): (value: string) => string {
  return (value) => {
    if (!URL.canParse(value) || !protocols.includes(new URL(value).protocol)) {
      throw new ConfigError(`must be a URL that starts with ${protocols.map((name) => `${name}//`).join(' or ')}`);
    }
    return value;
  };
}

/** An address without a path: every path on it is ours. */
function originOfOurs(value: string): string {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol) || parsed.href !== `${parsed.origin}/`)
    throw new ConfigError('must be an origin such as https://foyer.example, without a path');
  return parsed.origin;
}

/** A private key as PEM; environment files write its line ends as \n. */
function rsaKey(value: string): string {
  const pem = value.replaceAll('\\n', '\n');
  try {
    if (createPrivateKey(pem).asymmetricKeyType === 'rsa') return pem;
  } catch {
    // Whatever it is, it is no key; it is not repeated in the message because it may nearly be one.
  }
  throw new ConfigError('must be an RSA private key in PEM; line ends may be written as \\n');
}

const setting = <T>(
  variable: string,
  fallback: string | undefined,
  read: (value: string) => T,
  purpose: string,
): Setting<T> => ({ variable, fallback, read, purpose });

/** Every setting Foyer has, in the order `.env.example` lists them. */
export const settings = {
  environment: setting(
    'NODE_ENV',
    'development',
    oneOf('development', 'production', 'test'),
    'production hides introspection and the query page, and lets tablets run only known documents.',
  ),
  host: setting('HOST', '127.0.0.1', text, 'Address the web process listens on; 0.0.0.0 to be reached from outside.'),
  port: setting('PORT', '3000', integer(0, 65535), 'Port of the web process; 0 takes a free one.'),
  publicUrl: setting(
    'PUBLIC_URL',
    undefined,
    originOfOurs,
    'Where customers and tablets reach Foyer; stands in passes and links. Default: http://HOST:PORT.',
  ),
  databaseUrl: setting(
    'DATABASE_URL',
    undefined,
    url('postgres:', 'postgresql:'),
    'PostgreSQL 15 to 18. Without it Foyer runs its own in FOYER_DIR.',
  ),
  redisUrl: setting(
    'REDIS_URL',
    undefined,
    url('redis:', 'rediss:'),
    'Redis or Valkey for the queue and the live fan-out. Without it both use PostgreSQL.',
  ),
  redisCluster: setting('REDIS_CLUSTER', 'false', flag, 'REDIS_URL names one node of a cluster.'),
  directory: setting('FOYER_DIR', '.foyer', text, 'Folder of the embedded PostgreSQL and of generated keys.'),
  keys: setting(
    'FOYER_KEYS',
    undefined,
    text,
    'Key ring, `id:base64` of at least 32 bytes each, comma separated, the first is current. Without it: FOYER_DIR/keys.',
  ),
  poolSize: setting('POOL_SIZE', '10', integer(2, 200), 'Database connections of one process.'),
  workerConcurrency: setting(
    'WORKER_CONCURRENCY',
    '8',
    integer(1, 100),
    'Jobs of one queue that one worker process runs side by side.',
  ),
  logLevel: setting(
    'LOG_LEVEL',
    'info',
    oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
    'What is logged, as one JSON object a line.',
  ),
  trustProxy: setting('TRUST_PROXY', 'false', flag, 'Believe X-Forwarded-For; only behind a proxy that sets it.'),
  introspection: setting(
    'INTROSPECTION',
    undefined,
    flag,
    'Whether the schema can be asked for. Default: only outside production.',
  ),
  tabletDocuments: setting(
    'TABLET_DOCUMENTS',
    undefined,
    list,
    'JSON files (name → document, comma separated) of tablet apps other than ours; in production tablets run no other documents.',
  ),
  pictureOrigins: setting(
    'PICTURE_ORIGINS',
    undefined,
    origins,
    'Origins, comma separated, from which the server fetches the pictures of configurations for its pages.',
  ),
  maxDepth: setting('MAX_DEPTH', '10', integer(3, 50), 'Deepest nesting of a GraphQL document.'),
  maxCost: setting(
    'MAX_COST',
    '5000',
    integer(100, 1_000_000),
    'Highest cost of a GraphQL document: one a field, times the expected length of lists.',
  ),
  linkDays: setting('LINK_DAYS', '180', integer(1, 3650), 'Days for which the customer’s own link works.'),
  passSeconds: setting(
    'PASS_SECONDS',
    '60',
    integer(10, 3600),
    'Seconds for which a pass shown as a QR code can be scanned.',
  ),
  googleWalletIssuer: setting(
    'GOOGLE_WALLET_ISSUER',
    undefined,
    text,
    'Issuer id of the account at Google Wallet; its loyalty class is ISSUER.foyer. Only with the two below.',
  ),
  googleWalletEmail: setting(
    'GOOGLE_WALLET_EMAIL',
    undefined,
    text,
    'Service account that signs links which save a pass in Google Wallet. Without it the pass’s own page shows the code.',
  ),
  googleWalletKey: setting(
    'GOOGLE_WALLET_KEY',
    undefined,
    rsaKey,
    'Private key of that service account as PEM, line ends written as \\n.',
  ),
} as const;

type Values = { -readonly [K in keyof typeof settings]: (typeof settings)[K] extends Setting<infer T> ? T : never };
type Optional =
  | 'publicUrl'
  | 'databaseUrl'
  | 'redisUrl'
  | 'keys'
  | 'introspection'
  | 'tabletDocuments'
  | 'pictureOrigins'
  | 'googleWalletIssuer'
  | 'googleWalletEmail'
  | 'googleWalletKey';

/** The validated configuration of one process; frozen, and the only reader of the environment. */
export type Config = Readonly<Omit<Values, Optional> & Partial<Pick<Values, Optional>>> & {
  readonly publicOrigin: string;
  readonly instance: string;
};

/** Injection token of the configuration. */
export const CONFIG = Symbol('Config');

/**
 * Reads and checks the environment.
 * @throws ConfigError naming every variable that cannot be used and what would be accepted.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, overrides: Partial<Config> = {}): Config {
  const values: Record<string, unknown> = {};
  const faults: string[] = [];
  for (const [name, { variable, fallback, read }] of Object.entries(settings)) {
    const raw = environment[variable]?.trim() || fallback;
    if (raw === undefined) continue;
    try {
      values[name] = read(raw);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      faults.push(`${variable} ${error.message}`);
    }
  }
  const wallet = ['googleWalletIssuer', 'googleWalletEmail', 'googleWalletKey'] as const;
  const given = wallet.filter((name) => values[name] !== undefined);
  if (faults.length === 0 && given.length > 0 && given.length < wallet.length) {
    faults.push(`${wallet.map((name) => settings[name].variable).join(', ')} must be set together`);
  }
  if (faults.length > 0) throw new ConfigError(`Configuration: ${faults.join('; ')}.`);
  const merged = { ...values, ...overrides } as Config;
  const host = isIPv6(merged.host) ? `[${merged.host}]` : merged.host;
  const origin = merged.publicUrl ?? `http://${host}:${merged.port}`;
  return Object.freeze({
    ...merged,
    publicOrigin: new URL(origin).origin,
    instance: merged.instance ?? randomToken(6),
  });
}

/** Why passes and links of this process would open nothing on anybody's phone; undefined where they do, or where nobody is to use them yet. */
export function whyUnreachable({ environment, publicUrl, publicOrigin, port }: Config): string | undefined {
  if (environment !== 'production') return undefined;
  const { hostname } = new URL(publicOrigin);
  const onlyHere = /^(localhost|127\.[\d.]+|0\.0\.0\.0|\[::1?\])$/.test(hostname);
  if (!onlyHere && (publicUrl !== undefined || port !== 0)) return undefined;
  return `Passes and links say ${publicOrigin}, which no phone reaches: set PUBLIC_URL to the address customers reach.`;
}

/** The text of `.env.example`, made from the settings so that it cannot fall behind them. */
export function exampleEnvironment(): string {
  const lines = [
    '# Every setting of Foyer with its default; copy to .env or set in the environment. All are optional.',
  ];
  for (const { variable, purpose, fallback } of Object.values(settings)) {
    lines.push('', `# ${purpose}`, `# ${variable}=${fallback ?? ''}`);
  }
  return `${lines.join('\n')}\n`;
}
