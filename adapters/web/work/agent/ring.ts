/** A ring of two soft tones, one second in three, made here: no file has to be fetched before it can sound. */
let context: AudioContext | undefined;

const tone = (audio: AudioContext, frequency: number, at: number): void => {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = frequency;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.06, at + 0.04);
  gain.gain.setValueAtTime(0.06, at + 0.9);
  gain.gain.linearRampToValueAtTime(0, at + 1);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 1);
};

const once = (): void => {
  if (!context) return;
  tone(context, 440, context.currentTime);
  tone(context, 480, context.currentTime);
};

/** Browsers make no sound before somebody has touched the page: call it from the touch. */
export const allowSound = (): void => {
  context ??= new AudioContext();
  void context.resume();
};

/** Rings until what it answers is called. */
export const ring = (): (() => void) => {
  allowSound();
  once();
  const repeat = window.setInterval(once, 3000);
  return () => {
    window.clearInterval(repeat);
  };
};
