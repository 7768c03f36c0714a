/** No session could be had for an operation. Nothing was sent to the host for it. */
export class PoolFailure extends Error {
  readonly type = 'pool-failure';
  constructor(
    readonly fault: 'busy' | 'log-on-refused' | 'unreachable' | 'closed',
    message: string,
  ) {
    super(message);
  }
}
