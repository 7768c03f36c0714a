import { eraseFromAgent } from '#domain/agent/agent.erasure.js';
import type { Agent } from '#domain/agent/agent.state.js';
import { categoryOf, type StreamId } from '#domain/kernel/ids.js';
import type { Subject } from '#domain/privacy/subject.js';

/** The state that a stream's events make once this subject is erased. Of those that go on, agents alone know people. */
export const eraseFromState = (stream: StreamId, state: unknown, subject: Subject): unknown =>
  categoryOf(stream) === 'agent' ? eraseFromAgent(state as Agent, stream, subject) : state;
