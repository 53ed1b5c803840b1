// Runs in a thread of its own: tells the authorities that Node and the operating system trust, in PEM, none twice.
import { getCACertificates } from 'node:tls';
import { parentPort } from 'node:worker_threads';

parentPort?.postMessage([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
