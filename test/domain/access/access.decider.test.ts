import { describe, it } from 'mocha';
import { accessDecider } from '#domain/access/access.decider.js';
import { accessLogOf } from '#domain/kernel/ids.js';
import { instant } from '#domain/kernel/time.js';
import { scenarioFor } from '#test/support/scenario.js';
import { acme } from '../merchant/acme.js';

const given = scenarioFor(accessDecider);
const base = { target: accessLogOf(acme), at: instant(0) } as const;
const refusal = { why: 'forged-token', what: 'POST /icon/click', from: '203.0.113.7' } as const;
const limit = { what: 'sign-in', from: '203.0.113.7' } as const;
const session = { who: 'agent-acme.anna', sessionId: 's1' } as const;

describe('what happens at the edge', () => {
  it('is written down when somebody is refused, each time', () => {
    const refused = { type: 'AccessRefused', data: refusal } as const;
    given()
      .when({ ...base, type: 'ReportAccessRefused', data: refusal })
      .thenHappened(refused);
    given(refused)
      .when({ ...base, type: 'ReportAccessRefused', data: refusal })
      .thenHappened(refused);
  });

  it('is written down when somebody asks too much', () => {
    given()
      .when({ ...base, type: 'ReportRateLimited', data: limit })
      .thenHappened({ type: 'RateLimited', data: limit });
  });

  it('is written down when somebody signs in and out', () => {
    given()
      .when({ ...base, type: 'ReportSignedIn', data: session })
      .thenHappened({ type: 'SignedIn', data: session });
    given()
      .when({ ...base, type: 'ReportSignedOut', data: session })
      .thenHappened({ type: 'SignedOut', data: session });
  });
});
