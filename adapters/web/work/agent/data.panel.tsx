import { useRef, useState } from 'react';
import type { AttachedDatum, DesktopContact } from '#domain/views/agent-desktop.js';
import { Button } from '../../design/button.js';
import { EmptyState } from '../../design/empty-state.js';
import { Field } from '../../design/field.js';
import { minuteOfDay } from '../../design/format.js';
import { Panel } from '../../design/panel.js';
import { oneLine } from '../../design/stranger-text.js';
import { StrangerText } from '../../design/stranger-text.view.js';
import { actorInWords } from './actor.js';
import { useWork } from './desk.hooks.js';

const Datum = ({ datum, self }: Readonly<{ datum: AttachedDatum; self: string }>) => (
  <div className="values-row">
    <dt>
      <bdi>{oneLine(datum.key, 80)}</bdi>
    </dt>
    <dd>
      <StrangerText limit={1000}>{datum.value}</StrangerText>
      <span className="values-by">
        {actorInWords(datum.by, self)}, {minuteOfDay(datum.at)}
      </span>
    </dd>
  </div>
);

const AddDatum = ({ done }: Readonly<{ done: () => void }>) => {
  const { act, busy } = useWork();
  const form = useRef<HTMLFormElement>(null);
  const add = async (): Promise<void> => {
    if (!form.current) return;
    const given = new FormData(form.current);
    const [key, value] = [given.get('key'), given.get('value')];
    if (typeof key !== 'string' || typeof value !== 'string' || key.trim() === '') return;
    if (await act({ type: 'change-data', changes: { [key.trim()]: value.trim() } })) done();
  };
  return (
    <form
      ref={form}
      className="add-datum"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') done();
      }}
    >
      <Field label="Name" hideLabel name="key" placeholder="Name" maxLength={100} required autoFocus />
      <Field label="Value" hideLabel name="value" placeholder="Value" maxLength={2000} />
      <Button type="submit" tone="primary" icon="check" iconOnly disabled={busy('take-notes')}>
        Attach
      </Button>
    </form>
  );
};

/** What travels with the call, and who put it there: it goes along when the call is handed on. */
export const Data = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { profile, allows } = useWork();
  const [adding, setAdding] = useState(false);
  const going = contact.call.state === 'connected' || contact.call.state === 'held';
  const mayAdd = going && allows('take-notes');
  return (
    <Panel
      title="Attached to the call"
      icon="data"
      aside={
        going && !adding ? (
          <Button
            tone="quiet"
            size="small"
            disabled={!mayAdd}
            onClick={() => {
              setAdding(true);
            }}
          >
            Attach
          </Button>
        ) : undefined
      }
    >
      {contact.data.length === 0 && !adding && (
        <EmptyState small title="Nothing yet. What is added goes along with the call." />
      )}
      <dl className="values">
        {contact.data.map((datum) => (
          <Datum key={datum.key} datum={datum} self={profile.agentId} />
        ))}
      </dl>
      {adding && mayAdd && (
        <AddDatum
          done={() => {
            setAdding(false);
          }}
        />
      )}
    </Panel>
  );
};
