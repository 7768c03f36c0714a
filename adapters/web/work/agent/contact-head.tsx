import { useEffect, useRef } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Badge } from '../../design/badge.js';
import { Button } from '../../design/button.js';
import { Lamp } from '../../design/lamp.js';
import { StrangerText } from '../../design/stranger-text.view.js';
import { Timer } from '../../design/timer.js';
import { Belief } from './belief.js';
import { useWork } from './desk.hooks.js';
import { agentStates, callStates, whoCalls } from './words.js';

const editable = 'input, textarea, select, [contenteditable="true"]';

/** Takes the focus as it appears, so that Enter answers; not from under somebody's fingers who is writing. */
const AnswerButton = () => {
  const { allows, busy, act } = useWork();
  const button = useRef<HTMLButtonElement>(null);
  const enabled = allows('answer');
  useEffect(() => {
    if (enabled && document.activeElement?.matches(editable) !== true) button.current?.focus();
  }, [enabled]);
  return (
    <Button
      ref={button}
      tone="go"
      size="large"
      icon="phone"
      shortcut="Enter"
      className="answer"
      disabled={!enabled}
      busy={busy('answer')}
      onKeyDown={(event) => {
        // A key that was held down for something else must not answer.
        if (event.repeat) event.preventDefault();
      }}
      onClick={() => void act({ type: 'answer' })}
    >
      Answer
    </Button>
  );
};

const State = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { desktop } = useWork();
  const over = contact.call.state === 'cleared';
  const { tone, words } = over ? agentStates['working-after-call'] : callStates[contact.call.state];
  return (
    <div className="head-state">
      <Lamp tone={tone} size={16} />
      <Timer since={over ? desktop.since : contact.call.since} label={words} large />
    </div>
  );
};

const Ringing = ({ contact }: Readonly<{ contact: DesktopContact }>) => (
  <p className="head-ringing">
    <Lamp tone="alerting" size={16} />
    Incoming call
    <Timer since={contact.call.since} label="Ringing for" />
  </p>
);

const identifiedBy = {
  'server-signed': 'Reference signed by the shop',
  page: 'Reference as the page gave it, unsigned',
} as const;

const Customer = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const known = contact.customer !== undefined;
  // Of a click, the calling number is a line of ours: it says nothing about the customer.
  const ownNumber = !known && contact.pageNow === undefined;
  return (
    <>
      <h2 className="head-name" data-testid="caller">
        <bdi>{whoCalls(contact)}</bdi>
      </h2>
      <p className="head-about">
        {contact.icon && (
          <span className="head-icon">
            <StrangerText limit={80}>{contact.icon.label}</StrangerText>
          </span>
        )}
        {ownNumber && (
          <span className="head-number">
            <StrangerText limit={64}>{contact.ani}</StrangerText>
          </span>
        )}
        <StrangerText limit={80}>{contact.merchantName}</StrangerText>
        {known && contact.callerName !== undefined && (
          <span>
            Caller ID: <StrangerText limit={80}>{contact.callerName}</StrangerText>
          </span>
        )}
        {contact.customer && <span>{identifiedBy[contact.customer.by]}</span>}
        {!known && contact.callerName !== undefined && <span>Name from caller ID, not verified</span>}
      </p>
    </>
  );
};

const Signs = ({ contact }: Readonly<{ contact: DesktopContact }>) => (
  <div className="head-signs">
    {contact.call.parties > 2 && contact.transfer?.state !== 'ringing' && (
      <Badge tone="accent" icon="people">
        {contact.call.parties} parties
      </Badge>
    )}
    {contact.call.hop > 1 && (
      <Badge tone="accent" icon="transfer">
        Passed on
      </Badge>
    )}
    {contact.pageNow && contact.customerWindow === 'closed' && contact.call.state !== 'cleared' && (
      <Badge tone="held" icon="page">
        Call window closed
      </Badge>
    )}
  </div>
);

/** Who, about what, for how long, and why we think so. Large while it rings. */
export const ContactHead = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const alerting = contact.call.state === 'alerting';
  return (
    <header className={`head ${alerting ? 'head--alerting' : ''}`}>
      <div className="head-who">
        {alerting && <Ringing contact={contact} />}
        <Customer contact={contact} />
      </div>
      <div className="head-end">
        {alerting ? <AnswerButton /> : <State contact={contact} />}
        <Signs contact={contact} />
      </div>
      <Belief contact={contact} />
    </header>
  );
};
