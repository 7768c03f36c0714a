import type { Findings, Progress, Tally } from '../simulate/call-book.js';
import type { Quantiles } from '../simulate/quantiles.js';

/** One line for each second of a load. */
export const formatProgress = (seconds: number, { clicks, inProgress, popped, ended, failed }: Progress): string =>
  `${String(seconds).padStart(5)} s   clicks ${clicks}   in progress ${inProgress}   popped ${popped}   ended ${ended}   failed ${failed}`;

const milliseconds = ({ p50, p99 }: Quantiles): string =>
  p50 === undefined || p99 === undefined ? 'none' : `p50 ${p50} ms, p99 ${p99} ms`;

const because = (tally: Tally): readonly string[] =>
  Object.entries(tally).map(([why, times]) => `      ${times} × ${why}`);

/** What came of a load. */
export const formatFindings = (findings: Findings): readonly string[] => {
  const { calls, verdicts, pops } = findings;
  return [
    '',
    `Calls                 ${calls}`,
    `  popped and over     ${verdicts.popped}, ${findings.provenByKeys} of them proven by keys that reached the customer`,
    `  given up            ${verdicts.abandoned}`,
    `  answered by others  ${verdicts.elsewhere}`,
    `  failed              ${verdicts.failed}`,
    ...because(findings.failed),
    `  clicks refused      ${verdicts.refused}`,
    ...because(findings.refused),
    `  lost                ${verdicts.lost}`,
    ...because(findings.lost),
    `  wrong pops          ${verdicts.wrong}`,
    ...because(findings.wrong),
    ...(findings.suspects.length === 0 ? [] : [`  look up by customer ${findings.suspects.join(', ')}`]),
    `Pops                  ${pops}`,
    `  click → window      ${milliseconds(findings.clickToWindow)}`,
    `  click → pop         ${milliseconds(findings.clickToPop)}`,
    `  ring → pop          ${milliseconds(findings.ringToPop)}`,
    ...(Object.keys(findings.requestsRefused).length === 0
      ? []
      : ['Requests refused to agents', ...because(findings.requestsRefused)]),
  ];
};
