import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';

const width = 640;
const height = 480;
const cell = 10;
const white = 235;
const black = 16;
const grey = 128;

const freshPath = (): string => join(mkdtempSync(join(tmpdir(), 'foyer-film-')), 'camera.y4m');

/**
 * A film of a QR code that is held before the camera, as Chromium's fake camera plays it (Y4M, 4:2:0); `torn`: its lower half
 * is missing. Written over the film of an open browser, it is what the camera sees when it is next turned on.
 */
export function filmOf(text: string, { torn = false, path = freshPath() } = {}): string {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const left = Math.floor((width - modules.size * cell) / 2);
  const top = Math.floor((height - modules.size * cell) / 2);
  const luma = Buffer.alloc(width * height, white);
  for (let row = 0; row < modules.size / (torn ? 2 : 1); row += 1)
    for (let column = 0; column < modules.size; column += 1)
      if (modules.get(row, column))
        for (let y = 0; y < cell; y += 1) {
          const from = (top + row * cell + y) * width + left + column * cell;
          luma.fill(black, from, from + cell);
        }
  const chroma = Buffer.alloc((width * height) / 2, grey);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F15:1 Ip A1:1 C420jpeg\n`);
  writeFileSync(path, Buffer.concat([header, ...Array<Buffer>(15).fill(frame)]));
  return path;
}
