import { fork, type ChildProcess } from 'node:child_process';
import type { Job } from './load.js';
import { programs } from './place.js';

/** The process that makes the load. */
export class LoadProcess {
  private readonly child: ChildProcess = fork(programs.load);

  /** Does one job there and returns its result. */
  run<Result>(job: Job): Promise<Result> {
    return new Promise((resolve, reject) => {
      const ended = (code: number | null): void => reject(new Error(`The load process ended with ${code}.`));
      this.child.once('exit', ended);
      this.child.once('message', (message: { result?: Result; error?: string }) => {
        this.child.off('exit', ended);
        if (message.error === undefined) resolve(message.result as Result);
        else reject(new Error(message.error));
      });
      this.child.send(job);
    });
  }

  /** Ends it. */
  stop(): void {
    this.child.kill();
  }
}
