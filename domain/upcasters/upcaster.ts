/**
 * The data of an event as one version wrote it → as the next one does. Pure, and for ever: what was recorded once is never
 * rewritten. Data of an erased person holds what is left in place of what was said, in the same form.
 */
export type Upcaster<From extends object = object, To extends object = object> = (data: From) => To;
