import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url';

prepareZXingModule({
  overrides: { locateFile: (path: string, prefix: string) => (path.endsWith('.wasm') ? wasm : prefix + path) },
});

/** Why no picture comes. */
export type CameraTrouble = 'refused' | 'none' | 'busy' | 'insecure';

/** The camera is on and looking; `stop` turns it off. */
export interface Looking {
  stop: () => void;
}

const FORMATS = ['qr_code', 'aztec', 'pdf417', 'data_matrix', 'code_128', 'ean_13', 'ean_8'] as const;
/** The same code held before the camera is told once in this many milliseconds. */
const ONCE_IN = 4_000;

/**
 * Shows the camera in `video` and tells every code it reads. While somebody makes something of a code the picture stands still and
 * nothing is looked for: looking takes the time in which her context could be painted.
 */
export async function look(video: HTMLVideoElement, found: (code: string) => Promise<void>): Promise<Looking> {
  const detector = new BarcodeDetector({ formats: [...FORMATS] });
  const stream = await camera();
  video.srcObject = stream;
  await video.play();
  let on = true;
  let last = { code: '', at: 0 };
  const next = async () => {
    if (!on) return;
    const [seen] = await detector.detect(video).catch(() => []);
    const at = performance.now();
    if (seen?.rawValue && on && (seen.rawValue !== last.code || at - last.at > ONCE_IN)) {
      last = { code: seen.rawValue, at };
      performance.mark('foyer:decoded');
      video.pause();
      await found(seen.rawValue);
      if (on) await video.play();
    }
    if (on) video.requestVideoFrameCallback(() => void next());
  };
  void next();
  return {
    stop: () => {
      on = false;
      stream.getTracks().forEach((track) => track.stop());
    },
  };
}

async function camera(): Promise<MediaStream> {
  if (!navigator.mediaDevices) throw trouble('insecure');
  try {
    return await navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    const name = (error as DOMException).name;
    if (name === 'NotAllowedError' || name === 'SecurityError') throw trouble('refused');
    throw trouble(name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy');
  }
}

function trouble(why: CameraTrouble): Error & { trouble: CameraTrouble } {
  return Object.assign(new Error(why), { trouble: why });
}
