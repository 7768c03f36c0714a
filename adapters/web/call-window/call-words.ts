import type { CallCause } from '#domain/call/call.events.js';
import type { CallWindow } from '#domain/views/call-window.js';

/** Colours only repeat what the words say. */
export type Tone = 'calm' | 'alerting' | 'ready' | 'talking' | 'held' | 'failed';

/** What the window says in one look: a state, and what it means or what to do about it. */
export type Words = Readonly<{ tone: Tone; state: string; hint: string }>;

type Told = readonly [state: string, hint?: string];

const ended: Told = ['Call ended', ''];
const later = 'Please try again in a few minutes.';

/** Without a hint: it may go better later. */
const causes: Readonly<Record<CallCause, Told>> = {
  'normal-clearing': ended,
  busy: ['The line is busy'],
  'no-answer': ['Nobody answered'],
  rejected: ['The call was not taken'],
  'destination-not-obtainable': ['That number cannot be reached'],
  'trunks-busy': ['All lines are in use'],
  'network-lost': ['The connection was lost', 'Check that you are online, then call again.'],
  'window-closed': ended,
  'refused-by-policy': ['This call cannot be placed', 'The shop takes no calls like this one.'],
  'centre-closed': ['Closed at this hour', 'Please call again in the shop’s opening hours.'],
  'centre-full': ['Everybody is talking'],
  abandoned: ended,
  transferred: ended,
  'lost-in-restart': ['The call was cut off', 'Our service was restarted. You can call again now.'],
};

const words = (tone: Tone, state: string, hint = ''): Words => ({ tone, state, hint });

/** What the customer reads about the call, state by state. */
export const wordsOf = ({ state, cause, agentName, merchantName }: CallWindow): Words => {
  switch (state) {
    case 'requested':
      return otherWords.placing;
    case 'dialling':
      return words('alerting', 'Dialling', `Calling ${merchantName}.`);
    case 'ringing':
      return words('alerting', 'Ringing', 'You can go on in the shop meanwhile.');
    case 'queued':
      return words('ready', 'Waiting in the queue', 'The next free person takes your call.');
    case 'talking':
      return words('talking', agentName ? `Talking to ${agentName}` : 'Connected');
    case 'held':
      return words('held', 'On hold', `${agentName ?? 'Somebody'} will be back with you.`);
    case 'ended':
    case 'failed': {
      const [told, hint = later] = causes[cause ?? 'normal-clearing'];
      return words(state === 'failed' ? 'failed' : 'calm', told, hint);
    }
  }
};

const loadAgain = 'Load the shop’s page again, then press its call button.';
const notYours = 'The page that you come from is not one of the shop it names.';

/** Codes with which a click is refused and the customer can do something; the rest is for the shop, or for us. */
const refusals: Readonly<Record<string, Told>> = {
  'expired-token': ['This page has grown old', loadAgain],
  'replayed-token': ['This button has been used', loadAgain],
  'foreign-origin': ['This call cannot be placed', notYours],
  'rate-limited': ['Too many calls at once', 'Wait a minute, then try again.'],
  'log-unavailable': ['We cannot take calls right now'],
};

export const refusalWords = (code: string): Words => {
  const [state, hint = later] = refusals[code] ?? [
    'This call cannot be placed',
    'Something about its button is wrong.',
  ];
  return words('failed', state, hint);
};

/** What the window says while there is no call that the server knows of. */
export const otherWords = {
  looking: words('calm', 'Opening your call'),
  placing: words('alerting', 'Placing your call', 'Looking for the right person.'),
  'no-page': words('calm', 'No shop is asking for a call', 'Go back to the shop’s page and press its call button.'),
  unreachable: words('failed', 'We cannot be reached', 'Check that you are online, then try again.'),
  over: words('calm', 'This call is over', 'To call again, press the button in the shop.'),
};

const two = (value: number): string => String(value).padStart(2, '0');

/** How long something has gone on: `m:ss`, from an hour on `h:mm:ss`. What a slower clock makes negative is nothing. */
export const elapsed = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return `${hours > 0 ? `${hours}:${two(minutes % 60)}` : minutes}:${two(seconds % 60)}`;
};
