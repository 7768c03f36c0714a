import type { AccessRefusal } from '#domain/access/access.events.js';
import type { AgentRejection } from '#domain/agent/agent.commands.js';
import type { CallRejection } from '#domain/call/call.commands.js';
import type { ChannelDirectoryRejection } from '#domain/channel/channel.events.js';
import type { TokenFailure } from '#domain/contracts/access-control.js';
import type { CommandOutcome } from '#domain/contracts/command-bus.js';
import type { ClickRefusal } from '#domain/contracts/customer-desk.js';
import type { GatewayRejection } from '#domain/gateway/gateway.commands.js';
import type { IconSessionRejection } from '#domain/icon-session/icon-session.commands.js';
import type { MerchantRejection } from '#domain/merchant/merchant.commands.js';
import type { ErasureRejection } from '#domain/privacy/erasure.events.js';
import type { Problem } from '#domain/views/live-messages.js';
import type { WebhookUrlRefusal } from '#domain/contracts/webhook-sender.js';
import type { WebhookRejection } from '#domain/webhook/webhook.commands.js';

/** Every reason that a rule of the domain refuses for. */
export type DomainRefusal =
  | AccessRefusal
  | AgentRejection
  | CallRejection
  | ChannelDirectoryRejection
  | ClickRefusal
  | ErasureRejection
  | GatewayRejection
  | IconSessionRejection
  | MerchantRejection
  | TokenFailure
  | WebhookRejection
  | WebhookUrlRefusal;

/** What goes wrong before a rule is asked. */
export type EdgeRefusal =
  | 'malformed-json'
  | 'forbidden-key'
  | 'nested-too-deep'
  | 'invalid-request'
  | 'malformed-address'
  | 'body-too-large'
  | 'unsupported-media-type'
  | 'not-found'
  | 'too-many-webhooks'
  | 'method-not-allowed'
  | 'cross-site-request'
  | 'rate-limited'
  | 'page-not-built'
  | 'log-unavailable'
  | 'history-unavailable'
  | 'internal-error';

export type ProblemCode = DomainRefusal | EdgeRefusal;

type Entry = readonly [status: number, title: string];

/** The one table from reasons to answers: HTTP status and a title for people. */
export const problemTable: Readonly<Record<ProblemCode, Entry>> = {
  'no-token': [401, 'Sign in, or send a token'],
  'forged-token': [401, 'This token is not one of ours'],
  'expired-token': [401, 'This token has expired'],
  'stale-token': [401, 'This sign-in has ended'],
  'replayed-token': [409, 'This icon token was used already'],
  'foreign-origin': [403, 'Not from this origin'],
  'wrong-credentials': [401, 'Login or password is wrong'],
  'not-allowed': [403, 'Not with these rights'],
  'another-merchants-call': [404, 'There is no such thing here'],
  'unknown-merchant': [404, 'Unknown merchant'],
  'no-merchant-named': [422, 'Nothing on the icon names the merchant'],
  'unknown-link': [422, 'Unknown link'],

  'merchant-not-registered': [404, 'Unknown merchant'],
  'not-an-origin': [422, 'Not an origin'],
  'unknown-call-centre': [422, 'Unknown call centre'],
  'unknown-time-zone': [422, 'Unknown time zone'],
  'bad-hours': [422, 'These opening hours make no sense'],
  'bad-holiday': [422, 'This holiday makes no sense'],
  'bad-number': [422, 'Not a telephone number'],
  'bad-location': [422, 'Not a place on Earth'],
  'bad-capacity': [422, 'Not a capacity'],
  'of-another-merchant': [422, 'This belongs to another merchant'],
  'redirect-ends-before-it-begins': [422, 'The redirect ends before it begins'],
  'redirect-is-over': [422, 'The redirect is over already'],
  'bad-dtmf-code': [422, 'A code is * or # and more keys, 2 to 8 in all'],
  'duplicate-dtmf-code': [422, 'The table holds a code twice'],
  'bad-media-setting': [422, 'No such step of volume'],
  'duplicate-route': [422, 'The policy routes a link twice'],
  'page-outside-verified-origins': [422, 'The page is outside the verified origins'],
  'unknown-redirect': [404, 'Unknown redirect'],
  'unknown-api-key': [404, 'Unknown API key'],

  'unknown-webhook': [404, 'Unknown webhook'],
  'bad-webhook-url': [422, 'Not an https address that events can be posted to'],
  'webhook-address-not-allowed': [422, 'Webhooks may not reach this address or port'],
  'unknown-event-type': [422, 'There is no such event to be told of'],
  'unknown-dead-letter': [404, 'Unknown dead letter'],
  'webhook-is-disabled': [409, 'The webhook is switched off'],
  'too-many-webhooks': [409, 'There are as many webhooks as there may be'],

  'unknown-agent': [404, 'Unknown agent'],
  'login-name-taken': [409, 'Somebody has this login name'],
  'not-logged-on': [409, 'Log on first'],
  'already-logged-on': [409, 'Logged on already'],
  'not-your-contact': [403, 'This is not your contact'],
  'notes-too-long': [422, 'The notes are too long'],
  'not-working-after-call': [409, 'There is no call to wrap up'],

  'unknown-call': [404, 'Unknown call'],
  'call-is-over': [409, 'The call is over'],
  'not-your-call': [403, 'This is not your call'],
  'call-is-not-alerting': [409, 'The call does not ring'],
  'call-is-not-connected': [409, 'The call is not connected'],
  'call-is-not-held': [409, 'The call is not held'],
  'already-transferring': [409, 'A transfer is under way'],
  'cannot-transfer-to-yourself': [422, 'The call is with you already'],
  'bad-digits': [422, 'Only 0 to 9, * and # can be keyed'],
  'not-in-a-channel': [409, 'The customer is not in your channel'],
  'empty-message': [422, 'The message is empty'],
  'message-too-long': [422, 'The message is too long'],

  'unknown-session': [404, 'Unknown session'],
  'session-is-closed': [409, 'The call window is closed'],
  'push-after-the-call': [409, 'The call is over'],

  'unknown-subject': [404, 'Nothing is known of this person'],
  'subject-in-use': [409, 'In a call, or at work: erase when that is over'],

  'no-code-left': [503, 'Every channel code is given out'],
  'unknown-gateway': [404, 'Unknown gateway'],
  'unknown-port': [404, 'Unknown port'],
  'duplicate-port': [422, 'The gateway lists a port twice'],
  'duplicate-ani': [422, 'Two ports have the same line number'],
  'port-in-use': [409, 'The port is in use'],
  'bad-gateway': [422, 'This gateway makes no sense'],

  'malformed-json': [400, 'This is not JSON'],
  'forbidden-key': [400, 'A key is called what no key may be called'],
  'nested-too-deep': [400, 'Nested too deep'],
  'invalid-request': [400, 'The request does not have the form described'],
  'malformed-address': [400, 'This is not an address'],
  'body-too-large': [413, 'The body is too large'],
  'unsupported-media-type': [415, 'Send JSON, uncompressed, in UTF-8'],
  'not-found': [404, 'There is no such thing here'],
  'method-not-allowed': [405, 'Not with this method'],
  'cross-site-request': [403, 'Not from another site'],
  'rate-limited': [429, 'Too much at once: wait a little'],
  'page-not-built': [404, 'This page was not built'],
  'log-unavailable': [503, 'The log cannot take it now: nothing was done'],
  'history-unavailable': [503, 'Not available at the moment'],
  'internal-error': [500, 'Something went wrong here'],
};

const isProblemCode = (reason: string): reason is ProblemCode => Object.hasOwn(problemTable, reason);

/** An answer for any reason; one that no table knows is a refusal all the same. */
export const problemOf = (reason: string, detail?: string): Problem => {
  const [status, title] = isProblemCode(reason) ? problemTable[reason] : [409, 'Not possible now'];
  const problem = { type: `urn:trunkline:problem:${reason}`, title, status, code: reason };
  return detail === undefined ? problem : { ...problem, detail };
};

/** What stood in the way of a command. What failed behind the edge is for the log, not for callers. */
export const problemOfOutcome = (outcome: Exclude<CommandOutcome, { outcome: 'accepted' }>): Problem =>
  outcome.outcome === 'rejected' ? problemOf(outcome.reason) : problemOf('log-unavailable');
