import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';
import { CODE_FORMATS } from './code-formats.js';

/** What this worker answers to a picture; `at`: when it was read, in milliseconds since 1970 by the page's monotonic clock. */
export type Read = { code: string; at: number } | null;

const formats = Object.values(CODE_FORMATS);

prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true }).catch(reportError);

let canvas: OffscreenCanvas | undefined;

async function read(picture: ImageBitmap): Promise<Read> {
  canvas ??= new OffscreenCanvas(picture.width, picture.height);
  if (canvas.width !== picture.width) canvas.width = picture.width;
  if (canvas.height !== picture.height) canvas.height = picture.height;
  const drawing = canvas.getContext('2d', { willReadFrequently: true }) as OffscreenCanvasRenderingContext2D;
  drawing.drawImage(picture, 0, 0);
  picture.close();
  const pixels = drawing.getImageData(0, 0, canvas.width, canvas.height);
  const [found] = await readBarcodes(pixels, { formats, maxNumberOfSymbols: 1 });
  return found?.text ? { code: found.text, at: performance.timeOrigin + performance.now() } : null;
}

addEventListener('message', ({ data }: MessageEvent<ImageBitmap>) => {
  read(data).then((answer) => postMessage(answer), reportError);
});
