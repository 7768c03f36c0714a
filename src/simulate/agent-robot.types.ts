import type { Clock } from '#domain/contracts/clock.js';
import type { AgentId, CallId } from '#domain/kernel/ids.js';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import type { HiredRobot } from './hire-robots.js';
import type { Note, Observation } from './observation.js';
import type { PartInCall } from './part-in-call.js';
import type { PlannedCall } from './planned-calls.js';

/** What a robot at its desk knows of the load and of the others. */
export type FloorOfRobot = Readonly<{
  clock: Clock;
  /** Which call of the load this contact is; none: a stranger's. */
  callOf: (contact: DesktopContact) => PlannedCall | undefined;
  /** Takes a call of the load; whoever it was handed to is its second agent. */
  roleIn: (call: number, agentId: AgentId) => 'first-agent' | 'second-agent';
  /** A ready robot of the same centre, from now on meant for that call; none: all are busy. */
  chooseColleague: (call: number, robot: HiredRobot) => AgentId | undefined;
  /** The second agent of a call has answered. */
  onJoined: (call: number, listener: () => void) => void;
  joined: (call: number) => void;
  note: Note;
}>;

/** The call that a robot is on. */
export type OnCall = {
  readonly callId: CallId;
  readonly contact: DesktopContact;
  readonly planned: PlannedCall;
  readonly role: 'first-agent' | 'second-agent';
  readonly part: PartInCall;
  talked: boolean;
  /** To whom it is being handed on. */
  colleague?: AgentId;
};

/** What a robot sees, before it is known of which call and when. */
export type Unnoted<Each = Observation> = Each extends Observation ? Omit<Each, 'call' | 'at' | 'agent'> : never;
