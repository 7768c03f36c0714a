import type { CallCommand } from '#domain/call/call.commands.js';
import type { TelephonyReport } from '#domain/contracts/telephony.js';
import type { CorrelationDecision } from '#domain/correlation/correlation.events.js';
import { comparable } from '#domain/kernel/phone-number.js';
import { tenantOf } from '#domain/kernel/ids.js';
import type { PolicyViews } from '#domain/policies/views.js';

export const correlateArrival = (
  report: Extract<TelephonyReport, { type: 'Queued' }>,
  views: PolicyViews,
): CorrelationDecision => {
  const leases = views.aniIndex
    .byAni(tenantOf(report.callId), comparable(report.ani))
    .filter((l) => l.releasedAt === undefined);
  const [lease] = leases;
  const evidence = [{ kind: 'ani' as const, value: report.ani.raw, at: report.at }];
  return lease
    ? { verdict: 'certain', rule: 'live-lease-of-ani', evidence, candidates: [{ ...lease, why: 'temp' }] }
    : { verdict: 'none', rule: 'no-rule', evidence, candidates: [] };
};
export const correlateByChannel = (
  _report: Extract<TelephonyReport, { type: 'Digits' }>,
  _views: PolicyViews,
): CallCommand | undefined => undefined;
