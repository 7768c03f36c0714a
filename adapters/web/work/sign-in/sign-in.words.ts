import type { Problem } from '#domain/views/live-messages.js';

export type Refusal = Readonly<{ title: string; detail: string }>;

/** What is wrong with a login before anybody is asked. */
export const faultOf = (login: string): string | undefined => {
  if (login === '') return 'Enter your login, for example anna@acme.';
  return /^[^\s@]+@[^\s@]+$/.test(login) ? undefined : 'A login is a name, an @ and a merchant: anna@acme.';
};

/** The server's refusal, and what to do about it. It never says which half was wrong, and neither do we. */
export const refusalInWords = ({ status, title, detail }: Problem): Refusal => {
  if (status === 401) {
    return { title: 'That did not match', detail: 'Check login and password. Capital letters count in the password.' };
  }
  if (status === 429) {
    return { title: 'Too many attempts', detail: 'Wait a minute, then try again. Your account is not locked.' };
  }
  return { title, detail: detail ?? 'Try again; if it stays like this, tell whoever runs Trunkline for you.' };
};
