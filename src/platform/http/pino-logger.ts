import type { LoggerService } from '@nestjs/common';
import { destination, pino, type DestinationStream, type Logger } from 'pino';
import type { Config } from '../../shared/config.js';

type Level = 'info' | 'error' | 'warn' | 'debug' | 'trace' | 'fatal';

/** The log of one process: JSON, one object a line, on standard output; never a token, a name or a body. */
export function openLog(
  { logLevel, instance }: Pick<Config, 'logLevel' | 'instance'>,
  sink: DestinationStream = destination(1),
): Logger {
  const options = {
    level: logLevel,
    base: { instance },
    redact: ['req.headers.authorization', 'req.headers.cookie'],
  };
  return pino(options, sink);
}

/** Rooms of the framework that tell at every start what nobody on call asks. */
const chatter = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
  'NestApplication',
]);
/** Where the framework tells of a failed start, or that it cannot listen, before it throws the same to whoever starts, who tells it too. */
const thrownToo = new Set<unknown>(['ExceptionHandler', 'NestApplication']);

/** Nest's log through the same pino as Fastify's. */
export class PinoLogger implements LoggerService {
  constructor(private readonly log_: Logger) {}

  log(message: unknown, ...rest: unknown[]): void {
    this.write('info', message, rest);
  }
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }
  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }
  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }
  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }
  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  /** Nest appends the name of the speaker; an object before the sentence holds what a machine may search for. */
  private write(level: Level, message: unknown, rest: unknown[]): void {
    const room = rest.at(-1);
    const isChatter = level === 'info' ? chatter.has(room) : level === 'error' && thrownToo.has(room);
    if (isChatter) return this.write('debug', message, [...rest.slice(0, -1), undefined]);
    const said = rest.slice(0, -1).find((part) => typeof part === 'string');
    if (typeof message === 'object' && message !== null) {
      this.log_[level]({ room, ...(message instanceof Error ? { err: message } : message) }, said);
    } else {
      this.log_[level]({ room, ...(said !== undefined && { detail: said }) }, String(message));
    }
  }
}
