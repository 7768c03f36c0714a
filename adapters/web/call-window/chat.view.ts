import { oneLine, shownText } from '../design/stranger-text.js';
import { byId, make, typed, write } from './dom.js';
import { isLive, type Model } from './model.js';

/** With an id: once more. */
type Send = (text: string, messageId?: string) => void;

type Line = Readonly<{ messageId: string; from: 'agent' | 'customer' | 'failed'; text: string; note: string }>;

const timeOf = (at: number): string => new Date(at).toLocaleTimeString([], { timeStyle: 'short' });

const linesOf = ({ window: told, outgoing }: Model): readonly Line[] => [
  ...(told?.messages ?? []).map(({ at, ...message }) => ({ ...message, note: timeOf(at) })),
  ...outgoing.map(({ messageId, text, failed }) => ({
    messageId,
    text,
    from: failed ? ('failed' as const) : ('customer' as const),
    note: failed ? 'Not sent. ' : 'Sending…',
  })),
];

/** Messages with the agent, once both are in the same channel. */
export const chatView = (send: Send) => {
  const [chat, log, partner, compose] = [byId('chat'), byId('messages'), byId('partner'), byId('compose')];
  const draft = typed(HTMLInputElement, 'draft');
  const bubbles = new Map<string, Readonly<{ bubble: HTMLElement; note: HTMLElement; again: HTMLElement }>>();

  compose.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = draft.value.trim();
    if (text) send(text);
    draft.value = '';
  });

  const bubbleOf = ({ messageId, text }: Line) => {
    const known = bubbles.get(messageId);
    if (known) return known;
    const [note, again] = [make('small', ''), make('button', '', 'Send again')];
    const bubble = make('div', '', make('p', '', shownText(text, 4000).text), note, again);
    again.addEventListener('click', () => {
      send(text, messageId);
    });
    bubbles.set(messageId, { bubble, note, again });
    log.append(bubble);
    log.scrollTop = log.scrollHeight;
    return { bubble, note, again };
  };

  return (model: Model): void => {
    const { channel, messages } = model.window ?? {};
    chat.hidden = !channel && !messages?.length;
    compose.hidden = !channel || !isLive(model);
    write(partner, channel ? `Chat with ${oneLine(channel.agentName, 80)}` : 'Chat');
    for (const line of linesOf(model)) {
      const { bubble, note, again } = bubbleOf(line);
      bubble.className = line.from;
      again.hidden = line.from !== 'failed' || compose.hidden;
      write(note, line.note);
    }
  };
};
