import { useEffect, useRef, useState } from 'react';
import type { ChannelMessage, DesktopContact } from '#domain/views/agent-desktop.js';
import { Button } from '../../design/button.js';
import { minuteOfDay } from '../../design/format.js';
import { Icon } from '../../design/icon.js';
import { KeyHint } from '../../design/key-hint.js';
import { StrangerText } from '../../design/stranger-text.view.js';
import { unique } from '../wire/unique.js';
import { useWork } from './desk.hooks.js';

type Unsent = Readonly<{ messageId: string; text: string; failed: boolean }>;

const Bubble = ({ from, text, note }: Readonly<{ from: ChannelMessage['from']; text: string; note: string }>) => (
  <li className={`bubble bubble--${from}`}>
    <span className="visually-hidden">{from === 'agent' ? 'You: ' : 'Customer: '}</span>
    <StrangerText limit={4000}>{text}</StrangerText>
    <span className="bubble-note">{note}</span>
  </li>
);

/** Messages that were typed here and that the server does not have yet. */
const useOutbox = (messages: readonly ChannelMessage[]) => {
  const { act } = useWork();
  const [unsent, setUnsent] = useState<readonly Unsent[]>([]);
  const arrived = new Set(messages.map(({ messageId }) => messageId));
  const waiting = unsent.filter(({ messageId }) => !arrived.has(messageId));
  const mark = (messageId: string, failed: boolean): void => {
    setUnsent((all) => all.map((each) => (each.messageId === messageId ? { ...each, failed } : each)));
  };
  const deliver = async (messageId: string, text: string): Promise<void> => {
    mark(messageId, false);
    const sent = await act({ type: 'send-message', messageId, text });
    if (!sent) mark(messageId, true);
  };
  return {
    waiting,
    // The same id on every try: a message that did arrive is not said twice.
    deliver,
    send: (text: string): void => {
      const messageId = unique();
      setUnsent((all) => [...all, { messageId, text, failed: false }]);
      void deliver(messageId, text);
    },
  };
};

/** The channel that the agent's code opened: both sides see the same. */
export const Chat = ({ contact }: Readonly<{ contact: DesktopContact }>) => {
  const { allows } = useWork();
  const { waiting, deliver, send } = useOutbox(contact.messages);
  const list = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState('');
  const shown = contact.messages.length + waiting.length;
  useEffect(() => {
    if (list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [shown]);
  return (
    <section className="writing chat" aria-labelledby="chat-title">
      <header className="writing-head">
        <Icon name="chat" size={15} />
        <h3 id="chat-title">Channel</h3>
        <KeyHint keys="M" />
      </header>
      <div className="chat-box">
        <div className="chat-log" ref={list} role="log" aria-label="Messages" tabIndex={0}>
          {shown === 0 && <p className="chat-none">The customer reads here what you write.</p>}
          <ol className="chat-list">
            {contact.messages.map(({ messageId, from, text, at }) => (
              <Bubble key={messageId} from={from} text={text} note={minuteOfDay(at)} />
            ))}
            {waiting.map(({ messageId, text, failed }) => (
              <li key={messageId} className="bubble bubble--agent">
                <StrangerText limit={4000}>{text}</StrangerText>
                {failed ? (
                  <button type="button" className="bubble-again" onClick={() => void deliver(messageId, text)}>
                    Not sent. Try again
                  </button>
                ) : (
                  <span className="bubble-note">sending …</span>
                )}
              </li>
            ))}
          </ol>
        </div>
        <form
          className="chat-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (draft.trim() === '') return;
            send(draft.trim());
            setDraft('');
          }}
        >
          <input
            className="field-input"
            aria-label="Message to the customer"
            aria-keyshortcuts="M"
            placeholder="Write to the customer"
            maxLength={4000}
            autoComplete="off"
            value={draft}
            disabled={!allows('send-message')}
            onChange={(event) => {
              setDraft(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
          <Button type="submit" icon="send" iconOnly disabled={!allows('send-message') || draft.trim() === ''}>
            Send
          </Button>
        </form>
      </div>
    </section>
  );
};
