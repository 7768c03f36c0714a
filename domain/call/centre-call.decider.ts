import { accept, ignore } from '../kernel/decider.js';
import { outOfPlace, type Answer } from './call.answer.js';
import { changeData, reconstruct } from './call-data.js';
import type { CentreCallCommand, CommonCallCommand } from './call.commands.js';
import type { Call, CentreCall, LiveCentreCall } from './call.state.js';
import { correlatedAgain, queued } from './centre-call.correlation.js';
import { callOver, cleared, delivered, established, held, retrieved } from './centre-call.reports.js';
import { requestDigits, requestOfAgent, selectRoute } from './centre-call.requests.js';
import { conferenced, divertToQueue, failTransfer, requestTransfer, transferred } from './centre-call.transfer.js';

const decideLive = (command: CentreCallCommand | CommonCallCommand, call: LiveCentreCall): Answer => {
  switch (command.type) {
    case 'ReportQueued':
      return ignore;
    case 'ReportCorrelation':
      return correlatedAgain(command, call);
    case 'SelectRoute':
      return selectRoute(command, call);
    case 'ReportDelivered':
      return delivered(command, call);
    case 'ReportEstablished':
      return established(command, call);
    case 'RequestAnswer':
    case 'RequestHold':
    case 'RequestRetrieve':
    case 'RequestClearConnection':
      return requestOfAgent(command, call);
    case 'RequestDigits':
      return requestDigits(command, call);
    case 'RequestTransfer':
      return requestTransfer(command, call);
    case 'FailTransfer':
      return failTransfer(command, call);
    case 'DivertToQueue':
      return divertToQueue(command, call);
    case 'ReportHeld':
      return held(command, call);
    case 'ReportRetrieved':
      return retrieved(command, call);
    case 'ReportTransferred':
      return transferred(command, call);
    case 'ReportConferenced':
      return conferenced(command, call);
    case 'ReportConnectionCleared':
      return cleared(command, call);
    case 'ReportCallCleared':
    case 'ReportCallFailed':
      return callOver(command, call);
    case 'ChangeCallData':
      return changeData(command, call.attached);
    case 'ReportReconstructed':
      return reconstruct(command, call);
  }
};

/** A failed transfer and a call back to the queue are over with the call, not refused. */
const decideOver = (command: CentreCallCommand | CommonCallCommand, call: CentreCall): Answer => {
  if (command.type === 'ReportCorrelation') return correlatedAgain(command, call);
  if (command.type === 'FailTransfer' || command.type === 'DivertToQueue') return ignore;
  return outOfPlace(command, 'call-is-over');
};

/** The end may be told before the beginning: it is kept, so that the late beginning begins nothing. */
const decideUnknown = (command: CentreCallCommand | CommonCallCommand): Answer => {
  if (command.type === 'ReportQueued') return queued(command);
  if (command.type === 'ReportCallCleared' && command.data.side === 'centre') {
    return accept({ type: 'CallCleared', data: command.data });
  }
  if (command.type === 'ReportCallFailed' && command.data.side === 'centre') {
    return accept({ type: 'CallFailed', data: command.data });
  }
  return outOfPlace(command, 'unknown-call');
};

/** A call as the switch of a call centre reports it, and what agents may ask of that switch. */
export const decideCentreCall = (
  command: CentreCallCommand | CommonCallCommand,
  call: CentreCall | Extract<Call, { status: 'unknown' }>,
): Answer => {
  switch (call.status) {
    case 'unknown':
      return decideUnknown(command);
    case 'over':
      return decideOver(command, call);
    case 'in-progress':
      return decideLive(command, call);
  }
};
