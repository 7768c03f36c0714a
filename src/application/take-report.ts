import type { CallCommand, KeyedChannel } from '#domain/call/call.commands.js';
import type { CommandBus, CommandOutcome } from '#domain/contracts/command-bus.js';
import type { TakeReport, TelephonyReport } from '#domain/contracts/telephony.js';
import { correlate } from '#domain/correlation/correlate.js';
import { usualTiming } from '#domain/correlation/clues.js';
import { gather } from '#domain/correlation/gather.js';
import type { Instant } from '#domain/kernel/time.js';
import { contactId, tenantOf, uniqueOf } from '#domain/kernel/ids.js';
import type { LiveCall, PolicyViews } from '#domain/policies/views.js';
import type { Clock } from '#domain/contracts/clock.js';
import type { Log } from './log.js';

type Tools = Readonly<{ commands: CommandBus; views: PolicyViews; clock: Clock; log: Log }>;
type ReportOf<Type extends TelephonyReport['type']> = Extract<TelephonyReport, { type: Type }>;

const retryAfterMs = 200;

const queued = (report: ReportOf<'Queued'>, views: PolicyViews, takenAt: Instant): CallCommand => {
  const { at, callId: target, type: _type, ...arrival } = report;
  const input = gather({ ...arrival, callId: target, arrivedAt: at, takenAt, timing: usualTiming }, views);
  return {
    type: 'ReportQueued',
    target,
    at,
    data: {
      ...arrival,
      correlation: correlate(input),
      newContactId: contactId(tenantOf(target), uniqueOf(target)),
    },
  };
};

/** Whose channel codes might be keyed, and whether each of them is on the call that the digits come from. */
const keyedChannels = (
  call: LiveCall | undefined,
  views: PolicyViews,
  merchant: ReturnType<typeof tenantOf>,
): readonly KeyedChannel[] => {
  const partner = call?.partner === undefined ? undefined : views.calls.call(call.partner);
  const there = new Set(partner?.agents.filter(({ state }) => state !== 'reserved').map(({ agentId }) => agentId));
  return [...views.agents.channels(merchant)].map(([code, agentId]) => ({
    code,
    agentId,
    onThisCall: there.has(agentId),
  }));
};

const digits = ({ callId, at, from, digits: keyed, by }: ReportOf<'Digits'>, views: PolicyViews): CallCommand => {
  const merchantId = tenantOf(callId);
  const merchant = views.merchants.merchant(merchantId);
  return {
    type: 'ReportDigits',
    target: callId,
    at,
    data: {
      from,
      digits: keyed,
      by,
      table: merchant?.dtmf ?? [],
      tableVersion: merchant?.dtmfVersion ?? 0,
      channels: from === 'agent-side' ? keyedChannels(views.calls.call(callId), views, merchantId) : [],
    },
  };
};

const commandOf = (report: TelephonyReport, views: PolicyViews, takenAt: Instant): CallCommand => {
  const { at, callId: target } = report;
  switch (report.type) {
    case 'Originated': {
      const { gatewayId, port, ani, leaseId } = report;
      return { type: 'ReportOriginated', target, at, data: { gatewayId, port, ani, leaseId } };
    }
    case 'NetworkReached':
      return { type: 'ReportNetworkReached', target, at, data: { trunkGroup: report.trunkGroup } };
    case 'Digits':
      return digits(report, views);
    case 'Queued':
      return queued(report, views, takenAt);
    case 'Delivered':
      return { type: 'ReportDelivered', target, at, data: { device: report.device } };
    case 'Held':
      return { type: 'ReportHeld', target, at, data: { device: report.device } };
    case 'Retrieved':
      return { type: 'ReportRetrieved', target, at, data: { device: report.device } };
    case 'Established':
      return { type: 'ReportEstablished', target, at, data: deviceOf(report) };
    case 'Transferred':
      return { type: 'ReportTransferred', target, at, data: { from: report.from, to: report.to } };
    case 'Conferenced':
      return { type: 'ReportConferenced', target, at, data: { by: report.by, added: report.added } };
    case 'ConnectionCleared':
      return { type: 'ReportConnectionCleared', target, at, data: { ...deviceOf(report), cause: report.cause } };
    case 'Cleared':
      return { type: 'ReportCallCleared', target, at, data: { side: report.side, cause: report.cause } };
    case 'Failed':
      return { type: 'ReportCallFailed', target, at, data: { side: report.side, cause: report.cause } };
  }
};

const deviceOf = ({ device }: Readonly<{ device?: LiveCall['agents'][number]['device'] }>) =>
  device === undefined ? {} : { device };

/** Reports become commands, with what the domain needs to know beside them. A full disk is outlived: nothing is lost. */
export const createTakeReport = ({ commands, views, clock, log }: Tools): TakeReport => {
  const insist = async (command: CallCommand): Promise<CommandOutcome> => {
    for (;;) {
      const outcome = await commands.dispatch(command, { actor: 'telephony' });
      if (outcome.outcome !== 'failed') return outcome;
      log.warn({ command: command.type, failure: outcome.failure }, 'report will be taken again');
      await new Promise<void>((resolve) => clock.schedule(retryAfterMs, resolve));
    }
  };

  return async (report) => {
    const outcome = await insist(commandOf(report, views, clock.now()));
    if (outcome.outcome === 'rejected') {
      log.debug({ report: report.type, call: report.callId, reason: outcome.reason }, 'report was of no use');
    }
  };
};
