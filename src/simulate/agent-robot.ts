import type { AgentRequest } from '#domain/contracts/agent-desk.js';
import type { AgentDesktop, DesktopContact } from '#domain/views/agent-desktop.js';
import type { PopMessage } from '#domain/views/live-messages.js';
import { askUntilDone, triesInAll, tryAgainAfter } from './ask-until-done.js';
import type { DeskLine } from './desk-line.js';
import type { HiredRobot } from './hire-robots.js';
import type { FloorOfRobot, OnCall, Unnoted } from './agent-robot.types.js';
import { partInCall } from './part-in-call.js';
import type { PlannedAction } from './planned-actions.js';
import { callOfStranger } from './strangers.js';

const popDueAfter = 2_000;
/** Out of ready for so long with no call: something was missed. */
const idleTooLong = { 'not-ready': 1_000, 'working-after-call': 10_000 } as const;

/** An agent who does in each call what the call's plan has for an agent. */
export class AgentRobot {
  private current: OnCall | undefined;
  private desktop: AgentDesktop | undefined;
  private waitingPop: Readonly<{ pop: PopMessage; afterRing: number }> | undefined;
  private leaving = false;
  private idleSince = 0;
  private line: DeskLine | undefined;

  constructor(
    readonly hired: HiredRobot,
    private readonly floor: FloorOfRobot,
  ) {}

  /** Sits down at a desk that was opened for it, and is ready for calls. */
  async begin(line: DeskLine): Promise<void> {
    this.line = line;
    await this.insist({ type: 'log-on' });
    await this.insist({ type: 'ready' });
  }

  get isReady(): boolean {
    return this.desktop?.state === 'ready' && !this.leaving;
  }

  get readySince(): number {
    return this.desktop?.since ?? 0;
  }

  get isOnCall(): boolean {
    return this.current !== undefined;
  }

  /** Takes no more calls and goes home; a call that goes on is cut off. */
  async leave(): Promise<void> {
    this.leaving = true;
    this.current?.part.dropAll();
    await this.line?.ask({ type: 'log-off' });
    this.line?.close();
  }

  readonly seePop = (pop: PopMessage): void => {
    if (pop.what !== 'offered') return;
    const afterRing = this.floor.clock.now() - pop.at;
    if (pop.contact) this.take(pop.contact, afterRing);
    else this.waitingPop = { pop, afterRing };
  };

  readonly see = (desktop: AgentDesktop): void => {
    this.desktop = desktop;
    const { contact } = desktop;
    if (contact && this.waitingPop && contact.popId === this.waitingPop.pop.popId) {
      this.take(contact, this.waitingPop.afterRing);
    }
    if (contact?.call.state === 'alerting') this.expectPop(contact);
    this.follow(contact);
    if (!this.current) this.becomeReady(desktop);
  };

  private take(contact: DesktopContact, afterRing: number): void {
    this.waitingPop = undefined;
    this.current?.part.dropAll();
    const planned = this.floor.callOf(contact) ?? callOfStranger;
    const role = planned === callOfStranger ? 'first-agent' : this.floor.roleIn(planned.index, this.hired.agentId);
    const { clock } = this.floor;
    const call: OnCall = {
      callId: contact.callId,
      contact,
      planned,
      role,
      talked: false,
      part: partInCall({
        actor: role,
        actions: planned.actions,
        clock,
        perform: (action) => this.perform(call, action),
      }),
    };
    this.current = call;
    this.note(call, { saw: 'pop', hop: contact.call.hop, afterRing });
    call.part.reached('delivered');
    if (planned.fate === 'transferred' || planned.fate === 'conferenced') {
      this.floor.onJoined(planned.index, () => {
        call.part.reached('joined');
      });
    }
  }

  /** What the switch has made of the call since. */
  private follow(contact: DesktopContact | undefined): void {
    const call = this.current;
    if (!call) return;
    if (contact?.callId !== call.callId || contact.call.state === 'cleared') {
      this.isOver(call);
      return;
    }
    if (!call.talked && contact.call.state !== 'alerting') this.talks(call);
    if (contact.transfer) this.followTransfer(call, contact.transfer);
  }

  private followTransfer(call: OnCall, { state, to, kind }: NonNullable<DesktopContact['transfer']>): void {
    if (state !== 'failed' || to !== call.colleague) return;
    delete call.colleague;
    this.later(call, () => {
      void this.handOn(call, kind);
    });
  }

  private talks(call: OnCall): void {
    call.talked = true;
    this.note(call, { saw: 'talk', as: call.role });
    if (call.role === 'first-agent') call.part.reached('established');
    else this.floor.joined(call.planned.index);
  }

  private isOver(call: OnCall): void {
    call.part.dropAll();
    this.note(call, { saw: 'agent-left' });
    this.current = undefined;
    if (call.talked) call.part.reached('left');
  }

  private perform(call: OnCall, action: PlannedAction): void {
    switch (action.do) {
      case 'answer':
      case 'hold':
      case 'retrieve':
        return void this.insist({ type: action.do }, call);
      case 'change-data':
        return void this.insist({ type: 'change-data', changes: { [action.key]: action.value } }, call);
      case 'key-digits':
        return void this.insist({ type: 'key-digits', digits: action.digits }, call);
      case 'transfer':
      case 'conference':
        return void this.handOn(call, action.do);
      case 'hang-up':
        return this.hangUp(call);
      case 'wrap-up':
        return void this.wrapUp(call, action.disposition);
    }
  }

  private hangUp(call: OnCall): void {
    this.note(call, { saw: 'agent-clears' });
    void this.insist({ type: 'clear' }, call);
  }

  private async wrapUp({ contact: { contactId } }: OnCall, code: string): Promise<void> {
    if (!(await this.insist({ type: 'record-disposition', contactId, code }))) await this.insist({ type: 'ready' });
  }

  /** To whoever is ready; nobody is for long: the call ends here. */
  private async handOn(call: OnCall, kind: 'transfer' | 'conference', tries = triesInAll): Promise<void> {
    const to = this.floor.chooseColleague(call.planned.index, this.hired);
    if (to === undefined && tries > 1) {
      this.later(call, () => {
        void this.handOn(call, kind, tries - 1);
      });
      return;
    }
    if (to !== undefined) {
      call.colleague = to;
      this.note(call, { saw: 'agent-hands-on', kind });
      if (await this.insist({ type: kind, to }, call)) return;
    }
    if (this.current === call) this.hangUp(call);
  }

  private later(call: OnCall, run: () => void): void {
    this.floor.clock.schedule(tryAgainAfter, () => {
      if (this.current === call) run();
    });
  }

  private expectPop(contact: DesktopContact): void {
    const { callId } = contact;
    if (this.current?.callId === callId) return;
    this.floor.clock.schedule(popDueAfter, () => {
      const isAlerting = this.desktop?.contact?.callId === callId && this.desktop.contact.call.state === 'alerting';
      const planned = this.floor.callOf(contact);
      if (!planned || !isAlerting || this.current?.callId === callId) return;
      this.floor.note({ call: planned.index, at: this.floor.clock.now(), saw: 'ring-without-pop', agent: this.name });
    });
  }

  /** After a ring that was not answered, a line that broke, or a wrap-up that nobody finished. */
  private becomeReady({ state, since }: AgentDesktop): void {
    if ((state !== 'not-ready' && state !== 'working-after-call') || since === this.idleSince) return;
    this.idleSince = since;
    this.floor.clock.schedule(idleTooLong[state], () => {
      if (this.leaving || this.current || this.desktop?.state !== state || this.desktop.since !== since) return;
      void this.line?.ask({ type: 'ready' });
    });
  }

  /** Asks until it is done, or will never be; answers whether it was done. */
  private async insist(request: AgentRequest, call?: OnCall): Promise<boolean> {
    const goOn = (): boolean => !this.leaving && (call === undefined || this.current === call);
    const ended = await askUntilDone({ line: this.line, clock: this.floor.clock, goOn }, request);
    if (call && typeof ended === 'object') {
      this.note(call, { saw: 'request-refused', request: request.type, code: ended.refusedFor });
    }
    return ended === 'done';
  }

  private get name(): string {
    return this.hired.loginName;
  }

  private note({ planned }: OnCall, observation: Unnoted): void {
    if (planned === callOfStranger) return;
    const noted = { ...observation, call: planned.index, at: this.floor.clock.now(), agent: this.name };
    this.floor.note(noted);
  }
}
