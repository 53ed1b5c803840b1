/** A request that is not answered: the status, and what its error object says. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly param: string | null;
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    message: string,
    { param = null, code = null, headers = {} }: Partial<Pick<Refusal, 'param' | 'code' | 'headers'>> = {},
  ) {
    super(message);
    this.status = status;
    this.type = status >= 500 ? 'server_error' : 'invalid_request_error';
    this.param = param;
    this.code = code;
    this.headers = headers;
  }

  /** The body of the refusal, or of an event in mid-stream. */
  get body(): { error: { message: string; type: string; param: string | null; code: string | null } } {
    return { error: { message: this.message, type: this.type, param: this.param, code: this.code } };
  }
}
