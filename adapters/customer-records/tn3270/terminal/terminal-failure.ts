/**
 * Why a terminal could not do what was asked. `stuck`: the emulator did not answer in time and was killed;
 * `keyboard-locked`: the host has not given the keyboard back, nothing was typed; `not-expected`: the host did not show in
 * time what was waited for; `not-typed`: the field did not take the text as it was given.
 */
export type TerminalFault =
  | 'emulator-missing'
  | 'emulator-ended'
  | 'stuck'
  | 'not-connected'
  | 'keyboard-locked'
  | 'not-expected'
  | 'no-field'
  | 'field-too-short'
  | 'not-a-number'
  | 'unprintable'
  | 'not-typed'
  | 'refused';

/** A terminal failed. The message never holds what was typed, nor what the host showed. */
export class TerminalFailure extends Error {
  readonly type = 'terminal-failure';
  constructor(
    readonly fault: TerminalFault,
    message: string,
  ) {
    super(message);
  }
}
