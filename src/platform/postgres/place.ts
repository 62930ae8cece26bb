import { mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/** Where the parts of one embedded PostgreSQL lie in its folder. */
export interface Place {
  readonly folder: string;
  readonly data: string;
  /** The data while it is being created, so that half of it is never taken for all. */
  readonly unfinished: string;
  readonly log: string;
  readonly lock: string;
  readonly members: string;
  readonly serverFile: string;
}

/** Makes the folder, closed to others, and says where its parts lie. */
export async function openPlace(path: string): Promise<Place> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const folder = await realpath(path);
  return {
    folder,
    data: join(folder, 'data'),
    unfinished: join(folder, 'data.new'),
    log: join(folder, 'postgres.log'),
    lock: join(folder, 'lock'),
    members: join(folder, 'members'),
    serverFile: join(folder, 'server.json'),
  };
}
