import type { ReactNode } from 'react';
import type { DesktopContact } from '#domain/views/agent-desktop.js';
import { Badge } from '../../design/badge.js';
import { Icon } from '../../design/icon.js';
import { StrangerText } from '../../design/stranger-text.view.js';
import { Link } from '../navigation.js';
import { nameIn } from './actor.js';
import { useWork } from './desk.hooks.js';
import { rules, verdicts } from './words.js';

const Fact = ({ name, children }: Readonly<{ name: string; children: ReactNode }>) => (
  <div className="why-fact">
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);

const port = ({ belief }: DesktopContact): string =>
  [belief.gateway && nameIn(belief.gateway), belief.port === undefined ? undefined : `port ${belief.port}`]
    .filter(Boolean)
    .join(', ');

/** Why Trunkline believes that this call is that click: one sentence, and on demand what it rests on. */
export const Belief = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { profile } = useWork();
  const { belief, destination } = contact;
  const { tone, words, icon } = verdicts[belief.verdict];
  return (
    <details className="why">
      <summary className="why-line">
        <Badge tone={tone} icon={icon}>
          {words}
        </Badge>
        <span className="why-sentence">
          <StrangerText limit={400}>{belief.sentence}</StrangerText>
        </span>
        <span className="why-more">
          Why <Icon name="chevron-down" size={12} />
        </span>
      </summary>
      <dl className="why-facts">
        <Fact name="Rule">{rules[belief.rule]}</Fact>
        <Fact name="Calling number (ANI)">
          <StrangerText limit={64}>{contact.ani}</StrangerText>
        </Fact>
        <Fact name="Number called (DNIS)">
          <StrangerText limit={64}>{contact.dnis}</StrangerText>
        </Fact>
        {port(contact) !== '' && <Fact name="Gateway">{port(contact)}</Fact>}
        {belief.leaseId !== undefined && (
          <Fact name="Lease">
            <span className="mono">{belief.leaseId}</span>
          </Fact>
        )}
        {destination && (
          <Fact name="Came here because">
            <StrangerText limit={400}>{destination.because}</StrangerText>
          </Fact>
        )}
        <Fact name="Journey">
          {profile.roles.some((role) => role !== 'agent') ? (
            <Link to={{ page: 'journey', contactId: contact.contactId }} className="mono">
              {contact.contactId}
            </Link>
          ) : (
            <span className="mono">{contact.contactId}</span>
          )}
        </Fact>
      </dl>
    </details>
  );
};
