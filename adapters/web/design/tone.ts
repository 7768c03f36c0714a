/** What a colour may say. Whatever bears one says it in words or in shape as well. */
export type Tone = 'ready' | 'alerting' | 'talking' | 'held' | 'wrap-up' | 'unknown' | 'failed' | 'accent';
