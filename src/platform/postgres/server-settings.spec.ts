import { roomForLog, sharedBuffers } from './server-settings.js';

const gigabyte = 1024 ** 3;

it.each([
  [0.5, 0.25],
  [8, 2],
  [25, 4],
])('gives PostgreSQL of %d GB of memory %d for pages', (memory, buffers) => {
  expect(sharedBuffers(memory * gigabyte)).toBe(buffers * gigabyte);
});

it.each([
  [2, 1],
  [16, 2],
  [500, 4],
])('lets the log grow to a part of %d GB that are free on the disk, %d GB', (free, room) => {
  expect(roomForLog(free * gigabyte)).toBe(room * gigabyte);
});
