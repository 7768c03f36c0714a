import type { Policy } from '../kernel/policy.js';
import { carryOutDtmfCommandWhenRecognised } from './carry-out-dtmf-command-when-recognised.policy.js';
import { closeSessionWhenCallIsOver } from './close-session-when-call-is-over.policy.js';
import { correctPopWhenCorrelationChanges } from './correct-pop-when-correlation-changes.policy.js';
import { correlateByChannelCodeWhenKeyedElsewhere } from './correlate-by-channel-code-when-keyed-elsewhere.policy.js';
import { failTransferWhenAssignmentIsRefused } from './fail-transfer-when-assignment-is-refused.policy.js';
import { findAgentWhenTransferIsRequested } from './find-agent-when-transfer-is-requested.policy.js';
import { findAnotherAgentWhenReservationIsDeclined } from './find-another-agent-when-reservation-is-declined.policy.js';
import { freeAgentWhenConnectionIsCleared } from './free-agent-when-connection-is-cleared.policy.js';
import { freeReservedAgentsWhenCallIsOver } from './free-reserved-agents-when-call-is-over.policy.js';
import { issueCallRecordWhenCallIsOver } from './issue-call-record-when-call-is-over.policy.js';
import { joinChannelWhenCodeTiesTheCall } from './join-channel-when-code-ties-the-call.policy.js';
import { leasePortWhenGatewayIsSelected } from './lease-port-when-gateway-is-selected.policy.js';
import { leaveQueueWhenCallIsOver } from './leave-queue-when-call-is-over.policy.js';
import { occupyAgentWhenCallIsEstablished } from './occupy-agent-when-call-is-established.policy.js';
import { offerAgentToQueueWhenReady } from './offer-agent-to-queue-when-ready.policy.js';
import { offerPopWhenCallIsDelivered } from './offer-pop-when-call-is-delivered.policy.js';
import { placeCallWhenIconIsClicked } from './place-call-when-icon-is-clicked.policy.js';
import { queueCallWhenItArrives } from './queue-call-when-it-arrives.policy.js';
import { reconsiderEarlierClaimWhenCallIsCorrelated } from './reconsider-earlier-claim-when-call-is-correlated.policy.js';
import { releaseChannelWhenAgentLogsOff } from './release-channel-when-agent-logs-off.policy.js';
import { releasePortWhenCallIsOver } from './release-port-when-call-is-over.policy.js';
import { requeueCallWhenAgentDoesNotAnswer } from './requeue-call-when-agent-does-not-answer.policy.js';
import { reserveAgentWhenCallIsAssigned } from './reserve-agent-when-call-is-assigned.policy.js';
import { selectGatewayWhenDestinationIsSelected } from './select-gateway-when-destination-is-selected.policy.js';
import { selectRouteWhenAgentIsReserved } from './select-route-when-agent-is-reserved.policy.js';
import { settlePopWhenRingingEnds } from './settle-pop-when-ringing-ends.policy.js';
import { tryNextGatewayWhenPoolIsExhausted } from './try-next-gateway-when-pool-is-exhausted.policy.js';
import { withdrawAgentFromQueueWhenNotReady } from './withdraw-agent-from-queue-when-not-ready.policy.js';

/** All that follows from an event inside the domain. */
export const policies = [
  carryOutDtmfCommandWhenRecognised,
  closeSessionWhenCallIsOver,
  correctPopWhenCorrelationChanges,
  correlateByChannelCodeWhenKeyedElsewhere,
  failTransferWhenAssignmentIsRefused,
  findAgentWhenTransferIsRequested,
  findAnotherAgentWhenReservationIsDeclined,
  freeAgentWhenConnectionIsCleared,
  freeReservedAgentsWhenCallIsOver,
  issueCallRecordWhenCallIsOver,
  joinChannelWhenCodeTiesTheCall,
  leasePortWhenGatewayIsSelected,
  leaveQueueWhenCallIsOver,
  occupyAgentWhenCallIsEstablished,
  offerAgentToQueueWhenReady,
  offerPopWhenCallIsDelivered,
  placeCallWhenIconIsClicked,
  queueCallWhenItArrives,
  reconsiderEarlierClaimWhenCallIsCorrelated,
  releaseChannelWhenAgentLogsOff,
  releasePortWhenCallIsOver,
  requeueCallWhenAgentDoesNotAnswer,
  reserveAgentWhenCallIsAssigned,
  selectGatewayWhenDestinationIsSelected,
  selectRouteWhenAgentIsReserved,
  settlePopWhenRingingEnds,
  tryNextGatewayWhenPoolIsExhausted,
  withdrawAgentFromQueueWhenNotReady,
] as unknown as readonly Policy[];
