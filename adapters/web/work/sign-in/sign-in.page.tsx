import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { Button } from '../../design/button.js';
import { Field } from '../../design/field.js';
import { Icon } from '../../design/icon.js';
import { ThemeSwitch } from '../../design/theme-switch.js';
import { learnSession } from '../session.store.js';
import { Brand } from '../shell/brand.js';
import { signIn } from '../wire/session.js';
import { faultOf, refusalInWords, type Refusal } from './sign-in.words.js';
import './sign-in.css';

const entered = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

const Refused = ({ refusal }: Readonly<{ refusal: Refusal }>) => (
  <div className="sign-in-refused" role="alert">
    <Icon name="warning" size={18} />
    <div>
      <p className="sign-in-refused-title">{refusal.title}</p>
      <p>{refusal.detail}</p>
    </div>
  </div>
);

/** Remembers nothing: neither what was typed nor who was here last. */
export const SignInPage = ({ why }: Readonly<{ why: string | undefined }>) => {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Refusal>();
  const [fault, setFault] = useState<string>();
  const login = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  useEffect(() => {
    document.title = 'Sign in · Trunkline';
    login.current?.focus();
  }, []);

  const enter = async (form: HTMLFormElement): Promise<void> => {
    const given = new FormData(form);
    const name = entered(given, 'login').trim();
    const wrong = faultOf(name);
    setFault(wrong);
    setRefusal(undefined);
    if (wrong !== undefined) {
      login.current?.focus();
      return;
    }
    setBusy(true);
    const answer = await signIn(name, entered(given, 'password'));
    setBusy(false);
    if (answer.ok) {
      await learnSession();
      return;
    }
    setRefusal(refusalInWords(answer.problem));
    if (password.current) password.current.value = '';
    password.current?.focus();
  };

  return (
    <div className="sign-in">
      <div className="sign-in-theme">
        <ThemeSwitch />
      </div>
      <main className="sign-in-card">
        <Brand size={32} />
        <h1>Sign in</h1>
        {why !== undefined && refusal === undefined && <p className="sign-in-why">{why}</p>}
        {refusal && <Refused refusal={refusal} />}
        <form
          className="sign-in-form"
          noValidate
          onSubmit={(event: SyntheticEvent<HTMLFormElement>) => {
            event.preventDefault();
            void enter(event.currentTarget);
          }}
        >
          <Field
            ref={login}
            label="Login"
            name="login"
            placeholder="anna@acme"
            hint="Your name, then the merchant you work for."
            error={fault}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
          <Field ref={password} label="Password" name="password" type="password" autoComplete="off" />
          <Button type="submit" tone="primary" size="large" busy={busy}>
            {busy ? 'Signing in …' : 'Sign in'}
          </Button>
        </form>
      </main>
    </div>
  );
};
