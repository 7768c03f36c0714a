/** What is known of an effect: never begun; begun, its end not recorded (a crash in between); done. */
export type EffectState = 'new' | 'in-doubt' | 'done';

/**
 * Remembers which effects have been carried out, keyed by effect name and causing event, so that a restart, a rebuild
 * or a replay never does one twice.
 */
export interface EffectLedger {
  /** Records durably that the effect is about to be carried out, and tells what was known before. */
  begin(key: string): Promise<EffectState>;
  /** Records that it was carried out. May become durable a little later. */
  complete(key: string): Promise<void>;
}
