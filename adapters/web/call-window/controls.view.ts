import { byId, make, onClick, typed, write } from './dom.js';
import { isLive, type Model } from './model.js';

const keys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

export type ControlActions = Readonly<{
  hangUp: () => void;
  key: (digit: string) => void;
  mute: (muted: boolean) => void;
  volume: (percent: number) => void;
}>;

/** A button that opens and closes what it controls; one of them is open at a time. */
const opens = (ids: readonly (readonly [button: string, panel: string])[]): void => {
  const panels = ids.map(([button, panel]) => [byId(button), byId(panel)] as const);
  for (const [button, panel] of panels) {
    button.addEventListener('click', () => {
      for (const [other, itsPanel] of panels) {
        itsPanel.hidden = itsPanel !== panel || !itsPanel.hidden;
        other.ariaExpanded = String(!itsPanel.hidden);
      }
    });
  }
};

const settingOf = ({ volumePercent, echoCancellation }: NonNullable<Model['window']>): string =>
  `Line at ${volumePercent} %, echo cancelling ${echoCancellation ? 'on' : 'off'}`;

/** Mute, keypad, volume, hang up. */
export const controlsView = ({ hangUp, key, mute, volume }: ControlActions) => {
  const controls = byId('controls');
  const [keyed, keypad, volumeBox] = [byId('keyed'), byId('keypad'), byId('volume-box')];
  const [line, simulated] = [byId('line'), byId('simulated')];
  const end = typed(HTMLButtonElement, 'hang-up');
  const slider = typed(HTMLInputElement, 'volume');
  const muteButton = onClick('mute', () => {
    mute(muteButton.ariaPressed !== 'true');
  });
  const press = (digit: string): void => {
    write(keyed, `${keyed.textContent}${digit}`.slice(-16));
    key(digit);
  };

  opens([
    ['keys', 'keypad'],
    ['sound', 'volume-box'],
  ]);
  end.addEventListener('click', hangUp);
  slider.addEventListener('input', () => {
    volume(slider.valueAsNumber);
  });
  byId('digits').append(
    ...keys.map((digit) => {
      const button = make('button', '', digit);
      button.addEventListener('click', () => {
        press(digit);
      });
      return button;
    }),
  );
  addEventListener('keydown', ({ key: digit, target, ctrlKey, metaKey }) => {
    const typing = target instanceof HTMLInputElement;
    if (!keypad.hidden && !typing && !ctrlKey && !metaKey && keys.includes(digit)) press(digit);
  });

  return (model: Model): void => {
    const { window: told, kept, hangingUp } = model;
    const live = isLive(model);
    controls.hidden = !live;
    if (!live) keypad.hidden = volumeBox.hidden = true;
    muteButton.ariaPressed = String(kept?.muted === true);
    slider.value = String(kept?.volume ?? 100);
    if (told) write(line, settingOf(told));
    simulated.hidden = !live || told?.line !== 'simulated';
    end.disabled = hangingUp;
  };
};
