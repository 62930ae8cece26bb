import { totalmem } from 'node:os';

/** Bytes of memory of the machine, or of the container that has less. */
export const memory = Math.min(totalmem(), process.constrainedMemory() || Infinity);
