// Runs the demo server until it is interrupted; prints its URL as the first line.
import { parseArgs } from 'node:util';
import { startServer } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    key: { type: 'string' },
    recordings: { type: 'string', multiple: true, default: [] },
    characters: { type: 'string', default: '4' },
    rate: { type: 'string', default: '125' },
  },
});

const server = await startServer({
  port: Number(values.port),
  recordings: values.recordings,
  pace: { charactersPerDelta: Number(values.characters), deltasPerSecond: Number(values.rate) },
  ...(values.key === undefined ? {} : { apiKey: values.key }),
});
console.log(server.url);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void server.close());
}
