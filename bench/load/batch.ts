let batches = 0;
const run = process.hrtime.bigint().toString(36);

/** The body of one call to `/v1/batch` with messages nobody has sent before. */
export function eventBatch(size: number): string {
  batches += 1;
  const timestamp = new Date().toISOString();
  const messages = Array.from({ length: size }, (_, place) =>
    event(`${run}-${batches}-${place}`, batches * size + place, timestamp),
  );
  return `{"batch":[${messages.join(',')}],"sentAt":"${timestamp}"}`;
}

/** One event, as an SDK sends it: about 500 bytes. */
export function event(messageId: string, customer: number, timestamp: string): string {
  const properties = `"product_id":"p-${customer % 500}","name":"Glass roof","category":"extras","price":1400,"currency":"EUR"`;
  const page = `"path":"/extras/glass-roof","title":"Glass roof","url":"https://shop.example/extras/glass-roof"`;
  const context = `"library":{"name":"analytics-node","version":"3.1.0"},"page":{${page}},"locale":"en-GB"`;
  return `{"type":"track","event":"Product Viewed","userId":"u${customer}","messageId":"${messageId}","timestamp":"${timestamp}","properties":{${properties}},"context":{${context}}}`;
}
