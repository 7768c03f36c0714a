import type { TakeReport, TelephonyReport } from '#domain/contracts/telephony.js';
import type { CallId } from '#domain/kernel/ids.js';
import type { Timeline } from './timeline.js';

/** Told of each time a report was not taken, with what was thrown. It is offered again until it is. */
export type ReportNotTaken = (report: TelephonyReport, reason: unknown) => void;

export type ReportDelivery = Readonly<{
  deliver: (report: TelephonyReport) => void;
  /** Hands over no more; resolves when nobody is busy taking a report. */
  close: () => Promise<void>;
}>;

type Dependencies = Readonly<{ takeReport: TakeReport; reportNotTaken: ReportNotTaken; timeline: Timeline }>;

const retryAfter = 1_000;

/** Hands reports over, those of one call one after the other, each only once its predecessor has been taken. */
export const reportDelivery = ({ takeReport, reportNotTaken, timeline }: Dependencies): ReportDelivery => {
  const queues = new Map<CallId, TelephonyReport[]>();
  const beingTaken = new Set<Promise<void>>();
  let closed = false;

  const handOver = (queue: TelephonyReport[], report: TelephonyReport): void => {
    const taking = takeReport(report).then(
      () => {
        queue.shift();
        next(queue, report.callId);
      },
      (reason: unknown) => {
        reportNotTaken(report, reason);
        timeline.after(retryAfter, () => next(queue, report.callId));
      },
    );
    beingTaken.add(taking);
    void taking.finally(() => beingTaken.delete(taking));
  };

  const next = (queue: TelephonyReport[], callId: CallId): void => {
    const report = queue[0];
    if (!report) queues.delete(callId);
    else if (!closed) handOver(queue, report);
  };

  return {
    deliver: (report) => {
      const queue = queues.get(report.callId);
      if (queue) {
        queue.push(report);
        return;
      }
      const fresh = [report];
      queues.set(report.callId, fresh);
      next(fresh, report.callId);
    },

    close: async () => {
      closed = true;
      await Promise.all(beingTaken);
    },
  };
};
