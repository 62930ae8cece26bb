import { CODE_FORMATS } from './code-formats.js';
import type { Read } from './zxing-worker.js';

/** Reads codes off the camera's picture; `rest` frees what that takes until it is asked again. */
export interface CodeReader {
  read: (video: HTMLVideoElement) => Promise<Read>;
  rest: () => void;
}

/** The browser's own detector, where it has one (https://wicg.github.io/shape-detection-api). */
interface Detector {
  new (options: { formats: readonly string[] }): {
    detect: (from: ImageBitmapSource) => Promise<{ rawValue: string }[]>;
  };
  getSupportedFormats: () => Promise<string[]>;
}

const FORMATS = Object.keys(CODE_FORMATS);

/** The browser's own detector if it knows every kind of code there is to scan, otherwise ours. */
export async function codeReader(): Promise<CodeReader> {
  const { BarcodeDetector: Native } = globalThis as { BarcodeDetector?: Detector };
  const known = (await Native?.getSupportedFormats().catch(() => [])) ?? [];
  return Native && FORMATS.every((format) => known.includes(format)) ? native(Native) : inWorker();
}

function native(Native: Detector): CodeReader {
  const detector = new Native({ formats: FORMATS });
  return {
    read: async (video) => {
      const [seen] = await detector.detect(video).catch(() => []);
      return seen?.rawValue ? { code: seen.rawValue, at: performance.timeOrigin + performance.now() } : null;
    },
    rest: () => undefined,
  };
}

/**
 * Reads in a worker of its own, which ends with `rest`: V8 compiles the reader's WebAssembly anew for speed the longer it runs, beside
 * everything else, and goes on with that after the code is found; with the worker it stops.
 */
function inWorker(): CodeReader {
  let reading: Reading | undefined = start();
  return {
    read: async (video) => {
      if (video.readyState < video.HAVE_CURRENT_DATA) return null;
      const { worker, failed } = (reading ??= start());
      const picture = await createImageBitmap(video);
      const seen = new Promise<Read>((resolve) => {
        worker.onmessage = ({ data }: MessageEvent<Read>) => resolve(data);
      });
      worker.postMessage(picture, [picture]);
      return Promise.race([seen, failed]);
    },
    rest: () => {
      reading?.worker.terminate();
      reading = undefined;
    },
  };
}

/** A worker that reads; `failed` rejects when it cannot be loaded, which may be before it is first asked, or breaks. */
type Reading = { worker: Worker; failed: Promise<never> };

function start(): Reading {
  const worker = new Worker(new URL('./zxing-worker.ts', import.meta.url), { type: 'module' });
  const failed = new Promise<never>((_, reject) => {
    worker.onerror = ({ message }) => reject(new Error(`The reader of codes failed: ${message}`));
  });
  failed.catch(() => undefined);
  return { worker, failed };
}
