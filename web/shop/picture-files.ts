import type { Plugin } from 'vite';
import { drawCar, pictureNames } from './car-picture.js';

const folder = 'shop/pictures/';

/** Lays the picture of every car beside the shop, so that each configuration has an ordinary image address. */
export function pictureFiles(): Plugin {
  return {
    name: 'foyer-shop-pictures',
    generateBundle() {
      for (const name of pictureNames())
        this.emitFile({ type: 'asset', fileName: `${folder}${name}.svg`, source: drawCar(name) ?? '' });
    },
    configureServer(server) {
      server.middlewares.use(`/${folder}`, (request, response, next) => {
        const svg = drawCar((request.url ?? '').replace(/^\/|\.svg.*$/g, ''));
        if (!svg) return next();
        response.setHeader('content-type', 'image/svg+xml');
        response.end(svg);
      });
    },
  };
}
