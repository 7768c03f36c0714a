import { joseAccessControl } from '#adapters/access/jose.access-control.js';
import { memoryCredentials } from '#adapters/access/memory.credentials.js';
import { passingSecret } from '#adapters/access/installation-secret.js';
import type { AccessControl } from '#domain/contracts/access-control.js';
import type { Clock } from '#domain/contracts/clock.js';
import { seededIds } from '#test/support/seeded-ids.js';

/** The real thing, with hashes that cost little. */
export const testAccessControl = (clock: Clock, secret = passingSecret()): AccessControl =>
  joseAccessControl({
    secret,
    credentials: memoryCredentials(),
    clock,
    ids: seededIds(7),
    settings: { hashingCost: { memoryCost: 64, timeCost: 1 } },
  });
