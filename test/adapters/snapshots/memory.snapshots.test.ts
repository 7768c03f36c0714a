import { memorySnapshots } from '#adapters/snapshots/memory/memory.snapshots.js';
import { snapshotsContract } from '#test/contracts/snapshots.contract.js';

snapshotsContract(() => Promise.resolve(memorySnapshots()));
