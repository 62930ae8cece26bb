import { codeReader } from './code-reader.js';

/** Why no picture comes, or nobody reads it. */
export type CameraTrouble = 'refused' | 'none' | 'busy' | 'insecure' | 'unread';

/** The camera is on and looking; `stop` turns it off. */
export interface Looking {
  stop: () => void;
}

/** A code is told once as long as it is held before the camera, and again after it was out of the picture for so many milliseconds. */
const GONE_FOR = 1_500;

/**
 * Shows the camera in `video` and tells every code it reads. While somebody makes something of a code the picture stands still and
 * nothing is looked for: looking takes the time in which her context could be painted. `failed`: nothing can be read any more.
 */
export async function look(
  video: HTMLVideoElement,
  found: (code: string) => Promise<void>,
  failed: (why: CameraTrouble) => void,
): Promise<Looking> {
  const reader = await codeReader();
  let stream: MediaStream | undefined;
  let on = true;
  const stop = () => {
    on = false;
    reader.rest();
    stream?.getTracks().forEach((track) => track.stop());
  };
  let last = { code: '', at: 0 };
  const next = async () => {
    if (!on) return;
    const seen = await reader.read(video);
    const at = performance.now();
    const isNews = seen && (seen.code !== last.code || at - last.at > GONE_FOR);
    if (seen) last = { code: seen.code, at };
    if (isNews && on) {
      reader.rest();
      video.pause();
      performance.mark('foyer:decoded', { startTime: Math.min(seen.at - performance.timeOrigin, at) });
      await found(seen.code);
      last.at = performance.now();
      if (on) await video.play();
    }
    if (on) video.requestVideoFrameCallback(() => void next().catch(unread));
  };
  const gaveUp = (why: CameraTrouble) => {
    if (on) failed(why);
    stop();
  };
  const unread = () => gaveUp('unread');
  try {
    stream = await camera();
    video.srcObject = stream;
    await video.play();
    // The system may take the camera away: a call comes in, another app wants it.
    stream.getTracks().forEach((track) => track.addEventListener('ended', () => gaveUp('busy')));
  } catch (error) {
    stop();
    throw error;
  }
  void next().catch(unread);
  return { stop };
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
