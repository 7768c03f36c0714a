import type { EventOf, EventType, PersonalFieldOf } from '../events.js';
import type { NamedValues, Page } from '../icon-session/icon-session.events.js';
import type { RouteStep } from '../routing/routing.types.js';

/** What stands in the place of a text that is erased. No log-in name and no number can be this. */
export const erasedText = '(erased)';
/** A whole address, since pages show it as one; `.invalid` is nobody's (RFC 2606). */
export const erasedUrl = 'https://erased.invalid/';

const text = (said: string): string => (said === '' ? '' : erasedText);
/** How many there were is no secret, and rules count them. */
const digits = (keyed: string): string => '?'.repeat(keyed.length);
const leftOut = (): undefined => undefined;
const namesOf = (named: NamedValues): NamedValues =>
  Object.fromEntries(Object.entries(named).map(([name, value]) => [name, text(value)]));
const url = (): string => erasedUrl;
export const erasedPage = ({ at }: Page): Page => ({ url: erasedUrl, title: erasedText, at });
const trace = (steps: readonly RouteStep[]): readonly RouteStep[] =>
  steps.map((step) => ({ ...step, because: text(step.because) }));

type Data<Type extends EventType> = EventOf<Type>['data'];
type Erase<Type extends EventType, Field> = Field extends keyof Data<Type>
  ? (value: Exclude<Data<Type>[Field], undefined>) => Data<Type>[Field]
  : never;
type TypeWithPersonalData = { [Type in EventType]: [PersonalFieldOf<Type>] extends [never] ? never : Type }[EventType];
type Erasers = {
  readonly [Type in TypeWithPersonalData]: { readonly [Field in PersonalFieldOf<Type>]: Erase<Type, Field> };
};

/**
 * What is left of each personal field when its subject is erased: of the same shape, so that folds, rules and pages go on,
 * and saying so. It is also what the log shows to whoever has no key.
 */
export const erasers: Erasers = {
  IconClicked: { page: erasedPage, merchantSessionId: text, location: leftOut },
  PageViewed: { page: erasedPage },
  FormCaptured: { fields: namesOf },
  CookiesCaptured: { cookies: namesOf },
  CustomerIdentified: { customerRef: text },
  PagePushed: { url },
  PageShown: { url },
  DestinationSelected: { trace },
  DialRefused: { trace },
  DigitsReceived: { digits, pending: digits },
  DtmfCommandRefused: { code: digits },
  ChannelMessageSent: { text },
  CallQueued: { ani: () => ({ raw: erasedText }), callerName: text, uui: text },
  DigitsRequested: { digits },
  // Keys are the agents' own words.
  CallDataChanged: { changes: () => ({}) },
  CorrelationDecided: { evidence: (seen) => seen.map((each) => ({ ...each, value: text(each.value) })) },
  AgentRegistered: { loginName: text, displayName: text },
  NotesTaken: { text },
  CallRecordIssued: { referrer: ({ origin }) => ({ origin, page: erasedUrl }) },
  AccessRefused: { from: text },
  RateLimited: { from: text },
};

type AnyEraser = (value: unknown) => unknown;
const byType = new Map<string, readonly (readonly [field: string, erase: AnyEraser])[]>(
  Object.entries(erasers).map(([type, fields]) => [type, Object.entries(fields as Record<string, AnyEraser>)]),
);

/** An event's data in two: what may stand in the clear, and the personal fields, if there are any. */
export type SplitData = Readonly<{ clear: object; personal: object | undefined }>;

/** Of what has not the form that it should have, nothing is left. */
const whatIsLeft = (value: unknown, erase: AnyEraser): unknown => {
  try {
    return erase(value);
  } catch {
    return undefined;
  }
};

export const splitPersonalData = (type: string, data: object): SplitData => {
  const fields = byType.get(type);
  if (!fields) return { clear: data, personal: undefined };
  const clear = { ...data } as Record<string, unknown>;
  let personal: Record<string, unknown> | undefined;
  for (const [field, erase] of fields) {
    const value = clear[field];
    if (value === undefined) continue;
    personal ??= {};
    personal[field] = value;
    clear[field] = whatIsLeft(value, erase);
  }
  return { clear, personal };
};
