// What is sent is never in the cache: where the browser can, it goes to the network without waking the worker first.
addEventListener('install', (event) => {
  event.addRoutes?.({ condition: { requestMethod: 'POST' }, source: 'network' });
});
