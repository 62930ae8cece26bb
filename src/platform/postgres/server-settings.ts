import { memory } from './memory.js';

const megabyte = 1024 * 1024;
const gigabyte = 1024 * megabyte;

/**
 * Memory for pages of tables and indexes in bytes, given what the machine has: a quarter, as PostgreSQL's manual advises, and within bounds. What does not fit is read
 * again, and a changed page that has to make room waits for the log on the disk in the middle of a statement.
 */
export function sharedBuffers(memory: number): number {
  return Math.min(Math.max(memory / 4, 256 * megabyte), 4 * gigabyte);
}

/**
 * How much log there may be until every changed page has to be on the disk, in bytes, given what is free there. The first change of a page after that is logged with the
 * whole page; blocking keys hit a page each, so that among a million records it is most of what is written if that happens often. After a crash all of it is read.
 */
export function roomForLog(free: number): number {
  return Math.min(Math.max(free / 8, gigabyte), 4 * gigabyte);
}

/**
 * What the server is told at every start: durable, for a machine that also runs Foyer itself.
 * Failed statements are not logged: their messages quote values, which are personal data, and the client hears them anyway.
 */
const usual: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  shared_buffers: inMegabytes(sharedBuffers(memory)),
  effective_cache_size: inMegabytes(Math.max(memory / 2, gigabyte)),
  maintenance_work_mem: '128MB',
  random_page_cost: '1.1',
  fsync: 'on',
  synchronous_commit: 'on',
  // Page images are many and short-lived; to compress one (pglz) takes longer than to write it.
  wal_compression: 'off',
  jit: 'off',
  TimeZone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
};

/** The server's arguments: the usual settings, those given, and the port; `free` bytes are left on the disk of its data. */
export function serverArguments(port: number, given: Readonly<Record<string, string>>, free: number): string[] {
  const log = { max_wal_size: inMegabytes(roomForLog(free)) };
  const settings = { ...usual, ...log, ...given, port: String(port) };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / megabyte)}MB`;
}
