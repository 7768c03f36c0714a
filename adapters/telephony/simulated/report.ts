import type { TelephonyReport } from '#domain/contracts/telephony.js';

type WithoutTime<Report> = Report extends TelephonyReport ? Omit<Report, 'at'> : never;

/** What has happened, before anybody has looked at a clock. */
export type UntimedReport = WithoutTime<TelephonyReport>;

/** Whom a gateway or a switch tells. */
export type Tell = (report: UntimedReport) => void;
