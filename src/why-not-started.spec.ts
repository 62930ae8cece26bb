import { createServer } from 'node:net';
import { ConfigError } from './shared/config.js';
import { whyNotStarted } from './why-not-started.js';

/** What listening there comes to. */
function listening(port: number, host: string): Promise<unknown> {
  return new Promise((resolve) => {
    const server = createServer().once('error', resolve);
    server.listen(port, host, () => server.close(resolve));
  });
}

describe('why a process could not start', () => {
  it('is that the address is not of this machine', async () => {
    const error = await listening(0, '192.0.2.1');
    expect(whyNotStarted(error)).toBe('192.0.2.1 is no address of this machine: correct HOST.');
  });

  it('is that the port is one of the system', () => {
    const error = Object.assign(new Error('listen'), { syscall: 'listen', code: 'EACCES', port: 80 });
    expect(whyNotStarted(error)).toBe('This user may not listen on port 80: set PORT to 1024 or more.');
  });

  it('is what the configuration says, and unknown for anything else', () => {
    expect(whyNotStarted(new ConfigError('Configuration: PORT must be …'))).toBe('Configuration: PORT must be …');
    expect(whyNotStarted(new Error('else'))).toBeUndefined();
  });
});
