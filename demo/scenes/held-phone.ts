import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import QRCode from 'qrcode';

const width = 1280;
const height = 720;
const half = 2;
const phone = { width: 400, edge: 18 };
const cell = 10;
const finder = 9;
const luma = { wall: 150, floor: 70, phone: 30, screen: 235, ink: 20 };
const chroma = { blue: 120, red: 134 };

/**
 * A film (Y4M, 4:2:0) of a phone that is held before the camera with a code on it. Too many of its modules are wrong to be read,
 * so that the camera is still looking when its picture is taken.
 */
export function filmOfAPhone(): string {
  const picture = Buffer.alloc(width * height);
  for (let y = 0; y < height; y += 1)
    picture.fill(luma.wall + ((luma.floor - luma.wall) * y) / height, y * width, (y + 1) * width);
  block(picture, phone.width, luma.phone);
  block(picture, phone.width - phone.edge * half, luma.screen);
  drawCode(picture);
  const colours = [chroma.blue, chroma.red].map((tint) => Buffer.alloc((width * height) / (half * half), tint));
  const frame = Buffer.concat([Buffer.from('FRAME\n'), picture, ...colours]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F5:1 Ip A1:1 C420jpeg\n`);
  const path = join(mkdtempSync(join(tmpdir(), 'foyer-film-')), 'camera.y4m');
  writeFileSync(path, Buffer.concat([header, frame, frame]));
  return path;
}

/** An upright bar in the middle, from the top to the bottom. */
function block(picture: Buffer, wide: number, tone: number): void {
  const left = (width - wide) / half;
  for (let y = 0; y < height; y += 1) picture.fill(tone, y * width + left, y * width + left + wide);
}

function drawCode(picture: Buffer): void {
  const { modules } = QRCode.create('HTTPS://FOYER.EXAMPLE/P/0123456789', { errorCorrectionLevel: 'L' });
  const { size } = modules;
  const [left, top] = [(width - size * cell) / half, (height - size * cell) / half];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1) {
      const isFinder = (row < finder || row >= size - finder) && (column < finder || column >= size - finder);
      const isWrong = !isFinder && (row * 7 + column * 3) % 4 === 0;
      if (!!modules.get(row, column) === isWrong) continue;
      for (let y = 0; y < cell; y += 1) {
        const from = (top + row * cell + y) * width + left + column * cell;
        picture.fill(luma.ink, from, from + cell);
      }
    }
}
