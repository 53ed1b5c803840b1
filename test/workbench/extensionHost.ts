import { setTimeout as delay } from 'node:timers/promises';

/** What the extension host holds after a collection. */
export interface HostState {
  /** Bytes. */
  readonly heap: number;
  readonly sockets: number;
  readonly signals: number;
  readonly timers: number;
}

/** Node's own port for debuggers, which a process opens when it gets SIGUSR1. */
const port = 9229;

/** The process in which extensions run, seen and changed by Node's debugger, of which it need know nothing. Not on Windows. */
export class ExtensionHost implements Disposable {
  readonly #socket: WebSocket;
  #id = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async of(processId: number): Promise<ExtensionHost> {
    process.kill(processId, 'SIGUSR1');
    for (;;) {
      const list = await fetch(`http://127.0.0.1:${port}/json/list`).catch(() => undefined);
      const [target] = list ? ((await list.json()) as { webSocketDebuggerUrl: string }[]) : [];
      if (target) {
        const socket = new WebSocket(target.webSocketDebuggerUrl);
        await new Promise((resolve) => socket.addEventListener('open', resolve, { once: true }));
        return new ExtensionHost(socket);
      }
      await delay(100);
    }
  }

  async read(): Promise<HostState> {
    await this.#send('HeapProfiler.collectGarbage');
    const { usedSize: heap } = await this.#send<{ usedSize: number }>('Runtime.getHeapUsage');
    const [sockets, signals, timers] = [
      await this.#count("process.getBuiltinModule('node:net').Socket.prototype"),
      await this.#count('AbortSignal.prototype'),
      await this.#count(
        '(() => { const timer = setTimeout(() => {}, 0); clearTimeout(timer); return Object.getPrototypeOf(timer); })()',
      ),
    ];
    return { heap, sockets, signals, timers };
  }

  /** Runs JavaScript there, as a fault that a test wants to see. */
  async evaluate(expression: string): Promise<void> {
    const { exceptionDetails } = await this.#send<{ exceptionDetails?: object }>('Runtime.evaluate', { expression });
    if (exceptionDetails) throw new Error(`${expression}: ${JSON.stringify(exceptionDetails)}`);
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  /** How many objects have the prototype. */
  async #count(prototype: string): Promise<number> {
    const objectGroup = 'askance';
    const { result } = await this.#send<Evaluated>('Runtime.evaluate', { expression: prototype, objectGroup });
    const { objects } = await this.#send<{ objects: { objectId: string } }>('Runtime.queryObjects', {
      prototypeObjectId: result.objectId,
      objectGroup,
    });
    const { result: length } = await this.#send<Evaluated>('Runtime.callFunctionOn', {
      functionDeclaration: 'function () { return this.length; }',
      objectId: objects.objectId,
      returnByValue: true,
    });
    await this.#send('Runtime.releaseObjectGroup', { objectGroup });
    return Number(length.value);
  }

  #send<T = unknown>(method: string, params: object = {}): Promise<T> {
    const id = ++this.#id;
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const take = ({ data }: { data: unknown }): void => {
      const message = JSON.parse(String(data)) as { id?: number; result?: T; error?: { message: string } };
      if (message.id !== id) return;
      this.#socket.removeEventListener('message', take);
      if (message.result === undefined) reject(new Error(message.error?.message));
      else resolve(message.result);
    };
    this.#socket.addEventListener('message', take);
    this.#socket.send(JSON.stringify({ id, method, params }));
    return promise;
  }
}

interface Evaluated {
  readonly result: { readonly objectId?: string; readonly value?: unknown };
}
