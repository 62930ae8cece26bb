/** The embedded PostgreSQL cannot serve; the message is one line that says what to do next. */
export class EmbeddedPostgresFault extends Error {
  override readonly name = 'EmbeddedPostgresFault';
}

const whatToDo: Record<string, string> = {
  EACCES: 'give this user the folder, start as its owner, or set DATABASE_URL',
  EPERM: 'give this user the folder, start as its owner, or set DATABASE_URL',
  EROFS: 'the disk is read-only: choose another folder, or set DATABASE_URL',
  ENOSPC: 'the disk is full: free some space, or set DATABASE_URL',
  EDQUOT: 'the disk quota is used up: free some space, or set DATABASE_URL',
  ENOTDIR: 'a file is in the way: remove it, or choose another folder',
  EEXIST: 'a file is in the way: remove it, or choose another folder',
};

/** Says a failure of the file system in one line; other errors stay what they are. */
export function explain(error: unknown, folder: string): unknown {
  const { code, path, dest } = error as NodeJS.ErrnoException & { dest?: string };
  const advice = code === undefined ? undefined : whatToDo[code];
  if (advice === undefined || error instanceof EmbeddedPostgresFault) return error;
  return new EmbeddedPostgresFault(`Cannot write ${dest ?? path ?? folder} (${code}): ${advice}.`, { cause: error });
}
