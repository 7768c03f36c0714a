/**
 * Why an operation came to nothing. `application`: the host's own message, named by the map; `lost`: it is not known which
 * screen this is, or no way leads on; `in-doubt`: a write may or may not have been done.
 */
export type ScreenMapFault = 'application' | 'lost' | 'ambiguous' | 'bad-input' | 'bad-answer' | 'in-doubt';

/** An operation at a mainframe failed. The message names screens and rules, never what stood on them. */
export class ScreenMapFailure extends Error {
  readonly type = 'screen-map-failure';
  constructor(
    readonly fault: ScreenMapFault,
    message: string,
    /** For `application`: what the map calls it, and whether the same may work a little later. */
    readonly error?: Readonly<{ code: string; retry: boolean }>,
  ) {
    super(message);
  }
}
