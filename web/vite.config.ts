import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { compileAhead } from './compile-ahead.js';
import { precompress } from './precompress.js';
import { pictureFiles } from './shop/picture-files.js';

const root = fileURLToPath(new URL('.', import.meta.url));
const pages = ['start', 'tablet', 'phone', 'wallet', 'pass', 'door', 'shop', 'desk'] as const;
/** Where `vite dev` finds the running web process. */
const server = 'http://127.0.0.1:3000';

/** One page a folder, one small entry each: a customer's phone never loads the salesperson's app. */
export default defineConfig({
  root,
  publicDir: resolve(root, 'public'),
  plugins: [
    react(),
    pictureFiles(),
    compileAhead('tablet'),
    VitePWA({
      filename: 'tablet-worker.js',
      scope: '/tablet',
      injectRegister: false,
      registerType: 'prompt',
      manifest: {
        name: 'Foyer',
        short_name: 'Foyer',
        id: '/tablet',
        start_url: '/tablet',
        scope: '/tablet',
        display: 'standalone',
        background_color: '#f3f4f6',
        theme_color: '#16181d',
        icons: [
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'maskable' },
        ],
      },
      workbox: {
        globPatterns: ['tablet/index.html', 'icon.svg', 'arrival.wav', 'assets/**/*.{js,css,woff2,wasm}'],
        globIgnores: ['assets/{shop,desk,start,phone,wallet,pass,door}-*'],
        maximumFileSizeToCacheInBytes: 3_000_000,
        navigateFallback: '/tablet/index.html',
        navigateFallbackAllowlist: [/^\/tablet(\/|$)/],
        clientsClaim: true,
        skipWaiting: true,
        inlineWorkboxRuntime: true,
        importScripts: ['/tablet-routes.js'],
      },
    }),
    precompress(resolve(root, '../dist/web')),
  ],
  worker: { format: 'es' },
  build: {
    outDir: resolve(root, '../dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rollupOptions: {
      input: Object.fromEntries(pages.map((page) => [page, resolve(root, page, 'index.html')])),
    },
  },
  server: {
    proxy: {
      '/graphql': { target: server, ws: true },
      '/v1': server,
    },
  },
});
