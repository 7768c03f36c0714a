import { useEffect, useState } from 'react';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { Colleague } from '#domain/views/agent-desktop.js';
import type { IconName } from '../../design/icon.names.js';
import { Lamp } from '../../design/lamp.js';
import { Menu, type MenuItem } from '../../design/menu.js';
import { oneLine } from '../../design/stranger-text.js';
import { useWork } from './desk.hooks.js';
import { agentStates } from './words.js';

const refreshed = 2000;

const readyFirst = (a: Colleague, b: Colleague): number =>
  Number(b.state === 'ready') - Number(a.state === 'ready') || a.displayName.localeCompare(b.displayName);

/** Colleagues with their states as they are now, asked for as long as the list is open. */
const useColleagues = (open: boolean): readonly Colleague[] | undefined => {
  const { desk } = useWork();
  const [colleagues, setColleagues] = useState<readonly Colleague[]>();
  useEffect(() => {
    if (!open) return;
    let wanted = true;
    const fetch = async (): Promise<void> => {
      const answered = await desk.colleagues();
      if (wanted && answered) setColleagues(answered);
    };
    void fetch();
    const timer = window.setInterval(() => void fetch(), refreshed);
    return () => {
      wanted = false;
      window.clearInterval(timer);
    };
  }, [desk, open]);
  return colleagues;
};

type Kind = Extract<AgentRequest, { to: unknown }>['type'];
type Given = Readonly<{ kind: Kind; label: string; icon: IconName; shortcut: string }>;

/** Whom to hand the call to, or to bring in: by name, with a live lamp. */
export const ColleagueMenu = ({ kind, label, icon, shortcut }: Given) => {
  const { act, allows, busy, profile } = useWork();
  const [open, setOpen] = useState(false);
  const colleagues = useColleagues(open);
  const items: readonly MenuItem[] = [...(colleagues ?? [])]
    .filter(({ agentId }) => agentId !== profile.agentId)
    .sort(readyFirst)
    .map(({ agentId, displayName, state }) => ({
      key: agentId,
      label: <bdi>{oneLine(displayName, 60)}</bdi>,
      before: <Lamp tone={agentStates[state].tone} />,
      after: agentStates[state].words,
      disabled: state !== 'ready',
      onChoose: () => void act({ type: kind, to: agentId }),
    }));
  return (
    <Menu
      label={label}
      title={kind === 'transfer' ? 'Transfer to' : 'Add to the call'}
      icon={icon}
      size="large"
      shortcut={shortcut}
      disabled={!allows(kind)}
      busy={busy(kind)}
      items={items}
      empty={colleagues ? 'No colleagues in this centre.' : 'Asking who is there …'}
      onToggle={setOpen}
    />
  );
};
