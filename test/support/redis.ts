import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Redis } from 'ioredis';
import { eventually } from './foyer.js';
import { freePort } from './free-port.js';

/** Whether this machine has a Redis to start. */
export const hasRedis = ((): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A Redis of a test's own, which may go down and come back empty, as after kill -9 with its default settings. */
export class OwnRedis {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly cluster: boolean,
  ) {}

  /** One that answers; a cluster is one node that holds all slots. */
  static async start({ cluster = false } = {}): Promise<OwnRedis> {
    const redis = new OwnRedis(await freePort(), cluster);
    await redis.comeUp();
    return redis;
  }

  /** One that is still down. */
  static async absent(): Promise<OwnRedis> {
    return new OwnRedis(await freePort(), false);
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Settled when it answers. */
  async comeUp(): Promise<void> {
    const port = ['--port', String(this.port), '--bind', '127.0.0.1'];
    const nodes = `${tmpdir()}/foyer-redis-${this.port}.conf`;
    const cluster = [
      '--cluster-announce-ip',
      '127.0.0.1',
      '--cluster-enabled',
      'yes',
      '--cluster-port',
      String(await freePort()),
      '--cluster-config-file',
      nodes,
    ];
    const options = [...port, '--save', '', '--dir', tmpdir(), ...(this.cluster ? cluster : [])];
    this.child = spawn('redis-server', options, { stdio: 'ignore' });
    const client = new Redis(this.url, { retryStrategy: () => 20, enableReadyCheck: false });
    client.on('error', () => undefined);
    await eventually('Redis answers', async () => (await client.ping()) === 'PONG');
    if (this.cluster) {
      await client.cluster('ADDSLOTSRANGE', 0, 16_383);
      await eventually('the cluster is whole', async () => (await client.cluster('INFO')).includes('cluster_state:ok'));
      await rm(nodes);
    }
    client.disconnect();
  }

  /** Keeps its connections, takes what it is sent, and answers nobody until it thaws. */
  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Killed; nothing of it is left. */
  async goDown(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}
