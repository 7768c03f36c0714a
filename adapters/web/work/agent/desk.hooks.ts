import { createContext, use, useCallback, useMemo, useSyncExternalStore } from 'react';
import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop, DesktopAction, DeskProfile } from '#domain/views/agent-desktop.js';
import { notify } from '../../design/notices.js';
import type { Desk, DeskView } from '../wire/desk.js';

export const useDesk = (desk: Desk): DeskView => useSyncExternalStore(desk.subscribe, desk.current);

export type AtWork = Readonly<{
  desk: Desk;
  view: DeskView;
  profile: DeskProfile;
  desktop: AgentDesktop;
  live: boolean;
  /** What the server allows now; nothing while it cannot be asked. */
  allows: (action: DesktopAction) => boolean;
  /** Asked for, and not yet to be seen. */
  busy: (action: DesktopAction) => boolean;
  /** Asks; a refusal is told. True when it was accepted. */
  act: (request: AgentRequest) => Promise<boolean>;
}>;

const Work = createContext<AtWork | undefined>(undefined);
export const WorkProvider = Work.Provider;

/** The desk of this page. */
export const useWork = (): AtWork => {
  const work = use(Work);
  if (!work) throw new Error('used outside the agent page');
  return work;
};

const refused = 'That was refused';

/** `undefined` until the server has sent the first screen. */
export const useAtWork = (desk: Desk, view: DeskView): AtWork | undefined => {
  const act = useCallback(
    async (request: AgentRequest): Promise<boolean> => {
      const answer = await desk.request(request);
      if (!answer.ok) notify({ tone: 'failed', title: answer.problem.title || refused, detail: answer.problem.detail });
      return answer.ok;
    },
    [desk],
  );
  return useMemo(() => {
    const { profile, desktop, connection, asked } = view;
    if (!profile || !desktop) return undefined;
    const live = connection.state === 'live';
    return {
      desk,
      view,
      profile,
      desktop,
      live,
      allows: (action) => live && desktop.actions[action],
      busy: (action) => asked.has(action),
      act,
    };
  }, [desk, view, act]);
};
