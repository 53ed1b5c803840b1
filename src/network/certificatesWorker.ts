// Worker thread: posts the authorities trusted by Node and the operating system, in PEM, without duplicates.
import { getCACertificates } from 'node:tls';
import { parentPort } from 'node:worker_threads';

parentPort?.postMessage([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
